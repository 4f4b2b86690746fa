import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { aspects, audiogramLooks, captionStyles, frameSizes, tightenings } from '../../domain/clip.ts'
import { modes } from '../../domain/moment.ts'
import { platforms } from '../../domain/platform.ts'
import { platformLengths } from '../../pipeline/detect/platforms.ts'
import { exportFormats } from '../../pipeline/export-formats.ts'
import type { App, HttpParts } from '../app.ts'
import { NotFound } from '../problem.ts'
import { aspectMeanings, audiogramMeanings, captionMeanings, modeMeanings, tighteningMeanings } from './styles.ts'

const tags = ['styles']
const choice = z.object({ name: z.string(), meaning: z.string() })
const seconds = z.number().describe('Seconds.')

const stylesView = z
  .object({
    modes: z.array(choice),
    aspects: z.array(choice.extend({ width: z.int(), height: z.int() })),
    captions: z.array(choice.extend({ picture: z.string().nullable().describe('Path of a sample picture.') })),
    audiograms: z.array(choice).describe('For recordings without a picture.'),
    tighten: z.array(choice),
    sound: z.array(choice),
    platforms: z.array(
      z.object({
        name: z.string(),
        minSeconds: seconds.describe('What is looked for.'),
        maxSeconds: seconds,
        limitSeconds: seconds.describe('The longest it takes.'),
      }),
    ),
    exports: z.array(z.string()).describe('What else is written for editors.'),
  })
  .meta({ id: 'Styles' })

const samples = new URL('../../../docs/images/captions/', import.meta.url)
// `none` looks as the recording does.
const shown = captionStyles.filter((style) => style !== 'none')

/** What a clip can look and sound like, so that nobody else needs a list of it. */
export function styleRoutes(app: App, _parts: HttpParts): void {
  app.get(
    '/api/v1/styles',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'What clips can be asked to look and sound like, each in a few words',
        response: { 200: stylesView },
      },
    },
    () => styles,
  )
  app.get(
    '/api/v1/styles/captions/:name.jpg',
    {
      config: { may: 'viewer' },
      schema: { tags, summary: 'What captions look like', params: z.object({ name: z.enum(shown) }) },
    },
    async ({ params: { name } }, reply) => {
      const path = fileURLToPath(new URL(`${name}.jpg`, samples))
      if (!(await isFile(path))) throw new NotFound('A picture of these captions')
      reply.type('image/jpeg')
      return reply.sendFile(`${name}.jpg`, fileURLToPath(samples), { maxAge: '1d' })
    },
  )
}

const named = <Name extends string>(names: readonly Name[], meanings: Readonly<Record<Name, string>>) =>
  names.map((name) => ({ name, meaning: meanings[name] }))

const styles: z.infer<typeof stylesView> = {
  modes: named(modes, modeMeanings),
  aspects: named(aspects, aspectMeanings).map((aspect) => ({ ...aspect, ...frameSizes[aspect.name] })),
  captions: named(captionStyles, captionMeanings).map((style) => ({
    ...style,
    picture: style.name === 'none' ? null : `/api/v1/styles/captions/${style.name}.jpg`,
  })),
  audiograms: named(audiogramLooks, audiogramMeanings),
  tighten: named(tightenings, tighteningMeanings),
  sound: [
    { name: 'denoise', meaning: 'Make fans, hiss and hum softer.' },
    { name: 'deEss', meaning: 'Make sharp s and sh sounds softer.' },
  ],
  platforms: platforms.map((name) => {
    const { min, max, limit } = platformLengths[name]
    return { name, minSeconds: min, maxSeconds: max, limitSeconds: limit }
  }),
  exports: [...exportFormats],
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

// Run this after a change of how captions look: it draws the pictures of docs/guide/captions.md from the demo.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { captionStyles, frameSizes } from '../src/domain/clip.ts'
import { buildCaptions } from '../src/pipeline/cut/captions/build-captions.ts'
import type { ClipWord } from '../src/pipeline/cut/captions/clip-word.ts'

const root = join(import.meta.dirname, '..')
const demo = join(root, 'examples/night-bakery.mp4')
const size = frameSizes['9:16']
/** Seconds of the demo: where the clip would begin, and what is looked at. */
const [start, moment] = [27.723, 43.4]
/** The baker's crop, pixels of the demo, and his face in the clip. */
const crop = { x: 620, width: 404 }
const faces = [{ start: 0, end: 60, x: 200, y: 370, w: 680, h: 800 }]

const segment = z.object({
  speaker: z.string(),
  words: z.array(z.tuple([z.string(), z.number(), z.number()])),
})
const { segments } = z
  .object({ segments: z.array(segment) })
  .parse(JSON.parse(await readFile(join(root, 'examples/night-bakery.words.json'), 'utf8')))
const words: ClipWord[] = segments
  .flatMap(({ speaker, words: its }) =>
    its.map(([text, from, to]) => ({ text, start: from - start, end: to - start, speaker })),
  )
  .filter((word) => word.start >= 0 && word.end < 40)

const folder = join(root, 'docs/images/captions')
await mkdir(folder, { recursive: true })
for (const style of captionStyles.filter((name) => name !== 'none')) await draw(style)

async function draw(style: (typeof captionStyles)[number]): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'picture-captions-'))
  const { ass, fonts } = buildCaptions({ words, size, style, faces })
  await mkdir(join(work, 'fonts'))
  await writeFile(join(work, 'captions.ass'), ass ?? '')
  for (const { fileName, bytes } of fonts) await writeFile(join(work, 'fonts', fileName), bytes)
  const filters = [
    `crop=${crop.width}:720:${crop.x}:0,scale=${size.width}:${size.height}:flags=lanczos,setsar=1`,
    `setpts=PTS-STARTPTS+${moment - start}/TB,ass=captions.ass:fontsdir=fonts`,
    'crop=iw:ih*0.62:0:ih*0.16,scale=300:-2:flags=area',
  ].join()
  const picture = join(folder, `${style}.jpg`)
  await promisify(execFile)(
    'ffmpeg',
    ['-v', 'error', '-y', '-ss', String(moment), '-i', demo, '-vf', filters, '-frames:v', '1', '-q:v', '4', picture],
    { cwd: work },
  )
  await rm(work, { recursive: true, force: true })
}

import { z } from 'zod'
import { aspects, audiogramLooks, captionStyles, tightenings } from '../../domain/clip.ts'
import { modes } from '../../domain/moment.ts'
import { platforms } from '../../domain/platform.ts'
import { transcribeModes } from '../../domain/transcript.ts'
import { clipEditEntries } from '../../pipeline/clip-changes.ts'
import { lengthProblem, lengthsOf } from '../../pipeline/detect/clip-lengths.ts'
import { exportFormats } from '../../pipeline/export-formats.ts'
import { sceneOverrides } from '../../pipeline/framing-overrides.ts'
import type { RunSettings } from '../../pipeline/run-settings.ts'
import { plainText } from '../plain-text.ts'

const seconds = z.number().min(3).max(600)

/** What a library can have its own defaults of; a request may say each otherwise. */
export const runDefaults = z.strictObject({
  mode: z.enum(modes).exclude(['query']).optional().describe('What is looked for. highlights unless told.'),
  count: z.int().min(1).max(100).optional().describe('How many clips. 8 unless told.'),
  platform: z.enum(platforms).optional().describe('Where they are to be posted: sets the lengths that are not told.'),
  minSeconds: seconds.optional().describe('Seconds the shortest clip lasts. 15 unless told.'),
  maxSeconds: seconds.optional().describe('Seconds the longest clip lasts. 60 unless told.'),
  aspect: z.enum(aspects).optional().describe('Width to height. 9:16 unless told.'),
  captions: z.enum(captionStyles).optional().describe('How captions look (see /api/v1/styles). pop unless told.'),
  audiogram: z.enum(audiogramLooks).optional().describe('What is seen of a recording without a picture.'),
  tighten: z.array(z.enum(tightenings)).max(tightenings.length).optional().describe('What is taken out of every clip.'),
  tightenZoom: z.number().min(1.02).max(1.5).optional().describe('How much larger every second stretch is shown.'),
  denoise: z.boolean().optional().describe('Make steady noise softer. false unless told.'),
  deEss: z.boolean().optional().describe('Make sharp s sounds softer. false unless told.'),
  draft: z.boolean().optional().describe('Smaller clips, made faster, to look at. false unless told.'),
  exports: z
    .array(z.enum(exportFormats))
    .max(exportFormats.length)
    .optional()
    .describe('What else is written for editors.'),
  transcribe: z.enum(transcribeModes).optional().describe('Who may listen where there is no transcript.'),
  languageModel: z
    .boolean()
    .optional()
    .describe('Whether a language model is asked, where one is set up. true unless told.'),
})
export type RunDefaults = z.infer<typeof runDefaults>

/** What a run may be asked beside what it is about. */
export const runChoices = runDefaults.extend({
  mode: z.enum(modes).optional().describe('What is looked for. highlights unless told; query where there is one.'),
  query: plainText(1000)
    .trim()
    .min(1)
    .optional()
    .describe('What to look for, in your words; goes with the mode query.'),
  framing: sceneOverrides.optional().describe('Where the camera looks, decided by you (docs/guide/framing.md).'),
  edits: clipEditEntries.optional().describe('How single clips are edited, decided by you (docs/guide/editing.md).'),
  fastPath: z
    .boolean()
    .optional()
    .describe('Whether the picture of a clip may be copied where it stays as it is. true unless told.'),
  withoutWords: z.boolean().optional().describe('Choose by sound and picture alone. false unless told.'),
})
export type RunChoices = z.infer<typeof runChoices>

/** What does not go together in a request, each with the field it is about. */
export function choiceProblems(asked: RunChoices): { path: string; message: string }[] {
  const { mode, query, withoutWords, platform, minSeconds: min, maxSeconds: max } = asked
  const problems: { path: string; message: string }[] = []
  if (mode === 'query' && query === undefined) problems.push({ path: 'query', message: 'Say what to look for.' })
  if (query !== undefined && mode !== undefined && mode !== 'query')
    problems.push({ path: 'mode', message: 'A query goes with the mode query.' })
  if (withoutWords && (query !== undefined || mode === 'query' || mode === 'chapters'))
    problems.push({ path: 'withoutWords', message: 'Questions and chapters need words.' })
  const length = lengthProblem({ platform, min, max })
  if (length?.is === 'min over max')
    problems.push({ path: 'minSeconds', message: 'The shortest clip must not be longer than the longest.' })
  if (length?.is === 'over limit')
    problems.push({
      path: `${length.name}Seconds`,
      message: `${platform ?? ''} takes at most ${length.limit} seconds.`,
    })
  return problems
}

/** What a run is to be like: as asked, else as the library has it, else as usual. */
export function settleChoices(asked: RunChoices, defaults: RunDefaults): ChosenSettings {
  const { query, withoutWords, ...chosen } = { ...withoutLengths(asked, defaults), ...dropUndefined(asked) }
  const { mode, count, platform, minSeconds, maxSeconds, aspect, captions, draft, denoise, deEss, ...rest } = chosen
  const {
    languageModel,
    transcribe,
    exports = [],
    tighten = [],
    audiogram,
    tightenZoom,
    framing,
    edits,
    fastPath,
  } = rest
  return {
    // Whoever asks something wants an answer.
    mode: query === undefined ? (mode ?? 'highlights') : 'query',
    ...(query !== undefined && { query }),
    ...(withoutWords && { withoutWords: true }),
    count: count ?? 8,
    ...(platform !== undefined && { platform }),
    ...lengthsOf({ platform, min: minSeconds, max: maxSeconds }),
    aspect: aspect ?? '9:16',
    captions: captions ?? 'pop',
    ...(audiogram !== undefined && { audiogram }),
    ...(tighten.length > 0 && { tighten }),
    ...(tightenZoom !== undefined && { tightenZoom }),
    ...(denoise && { denoise: true }),
    ...(deEss && { deEss: true }),
    ...(framing !== undefined && { framing }),
    ...(edits !== undefined && { edits }),
    ...(draft && { draft: true }),
    ...(fastPath === false && { fastPath }),
    ...(exports.length > 0 && { exports }),
    ...(transcribe !== undefined && transcribe !== 'auto' && { transcribe }),
    ...(languageModel === false && { languageModel }),
  }
}

type ChosenSettings = Omit<RunSettings, 'path' | 'title' | 'transcriptPath' | 'out' | 'brand' | 'music'>

/** Defaults without the lengths that what was asked leaves no room for: a platform has its own. */
function withoutLengths(asked: RunChoices, { minSeconds, maxSeconds, ...defaults }: RunDefaults): RunDefaults {
  if (asked.platform !== undefined) return defaults
  const [min, max] = [asked.minSeconds ?? 0, asked.maxSeconds ?? Infinity]
  return {
    ...defaults,
    ...(minSeconds !== undefined && minSeconds <= max && { minSeconds }),
    ...(maxSeconds !== undefined && maxSeconds >= min && { maxSeconds }),
  }
}

function dropUndefined(asked: RunChoices): RunChoices {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}

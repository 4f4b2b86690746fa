import { z } from 'zod'
import { aspects, audiogramLooks, captionStyles, tightenings } from '../domain/clip.ts'
import { modes } from '../domain/moment.ts'
import { platforms } from '../domain/platform.ts'
import { transcribeModes } from '../domain/transcript.ts'
import { brandSettings } from './brand-settings.ts'
import { clipEditEntries } from './clip-changes.ts'
import { exportFormats } from './export-formats.ts'
import { sceneOverrides } from './framing-overrides.ts'

/** What a person asked one run to do; stored with it. Lengths in seconds, paths absolute. */
export const runSettings = z.object({
  path: z.string().min(1),
  /** Where the recording comes from when it is not here yet; `path` is where it will be. May hold a key: never show it. */
  link: z.object({ url: z.url({ protocol: /^https?$/ }), episode: z.string().min(1).optional() }).optional(),
  title: z.string(),
  transcriptPath: z.string().nullable(),
  /** The same for the transcript and `transcriptPath`. */
  transcriptLink: z.url({ protocol: /^https?$/ }).optional(),
  mode: z.enum(modes),
  /** What is looked for in `query` mode, in the person's words. */
  query: z.string().min(1).optional(),
  /** True: no words are looked for, moments are chosen by sound and picture alone. */
  withoutWords: z.literal(true).optional(),
  /** Who may listen where there is no transcript; left out: as the settings say. */
  transcribe: z.enum(transcribeModes).optional(),
  count: z.number().int().min(1).max(100),
  /** False: no language model is asked, whatever is set up. */
  languageModel: z.boolean().optional(),
  /** Where the clips are meant to be posted; it has set the lengths, as far as the person did not. */
  platform: z.enum(platforms).optional(),
  minSeconds: z.number().min(3).max(600),
  maxSeconds: z.number().min(3).max(600),
  aspect: z.enum(aspects),
  captions: z.enum(captionStyles),
  /** What is seen of a recording without a picture. */
  audiogram: z.enum(audiogramLooks).optional(),
  /** As it was read when the run began. */
  brand: brandSettings.optional(),
  /** Where the camera looks, as far as the person decided; the rest is found. */
  framing: sceneOverrides.optional(),
  /** What goes of every clip. */
  tighten: z.array(z.enum(tightenings)).optional(),
  /** How much larger every second stretch between jumps is shown. */
  tightenZoom: z.number().min(1.02).max(1.5).optional(),
  /** What is changed about single clips, in place of what was changed about them before. */
  edits: clipEditEntries.optional(),
  denoise: z.literal(true).optional(),
  deEss: z.literal(true).optional(),
  /** `level`: in pauses, dB against the speech. */
  music: z.object({ path: z.string().min(1), level: z.number().min(-40).max(0) }).optional(),
  /** The clip whose edit began the run; a newer edit ends it. */
  editOf: z.uuid().optional(),
  /** True: smaller clips, made faster, to look at. */
  draft: z.literal(true).optional(),
  /** False: the picture of a clip is never copied, always made anew. */
  fastPath: z.boolean().optional(),
  /** What else is written for editors. */
  exports: z.array(z.enum(exportFormats)).optional(),
  /** Folder the clips and the report go to. */
  out: z.string().min(1),
})

export type RunSettings = z.infer<typeof runSettings>

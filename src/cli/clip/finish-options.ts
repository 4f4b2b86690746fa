import { resolve } from 'node:path'
import { z } from 'zod'
import type { RunSettings } from '../../pipeline/run-settings.ts'

/** How loud music is in pauses, against the speech, unless told. dB. */
const usualMusicLevel = -14
const levels = '--music-level is how much softer than the speech the music is in pauses: from -40 to 0 dB.'

/** Options of `clip` about how a clip is finished: its sound, and how it is made. */
export const finishOptions = {
  denoise: z.literal(true).optional(),
  deEss: z.literal(true).optional(),
  music: z.string().min(1, '--music needs the name of a file.').optional(),
  musicLevel: z.coerce.number({ error: levels }).min(-40, levels).max(0, levels).optional(),
  draft: z.literal(true).optional(),
  fastPath: z.boolean().default(true),
}

type Asked = z.infer<z.ZodObject<typeof finishOptions>>

export function finishProblem({ music, musicLevel }: Pick<Asked, 'music' | 'musicLevel'>): string | null {
  if (music !== undefined && /^[a-z][a-z0-9+.-]+:\/\//i.test(music))
    return 'The music is a link, and links are not read: download it and name the file.'
  return musicLevel !== undefined && music === undefined ? '--music-level goes with --music FILE.' : null
}

/** What the person asked for and nothing else, so that a run without any of it stays what it was. */
export function finishOf(asked: Asked): Pick<RunSettings, 'denoise' | 'deEss' | 'music' | 'draft' | 'fastPath'> {
  const { denoise, deEss, music, musicLevel = usualMusicLevel, draft, fastPath } = asked
  return {
    ...(denoise && { denoise }),
    ...(deEss && { deEss }),
    ...(music !== undefined && { music: { path: resolve(music), level: musicLevel } }),
    ...(draft && { draft }),
    ...(fastPath ? {} : { fastPath }),
  }
}

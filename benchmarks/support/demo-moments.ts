import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Moment, RankedMode } from '../../src/domain/moment.ts'
import { parseTranscript } from '../../src/pipeline/transcribe/formats/parse-transcript.ts'
import { detectLabelled } from './detect-labelled.ts'

const screenplay = z.object({
  duration: z.number(),
  moments: z.array(z.object({ title: z.string(), start: z.number(), end: z.number() })),
})

interface Asked {
  mode: RankedMode
  count: number
  minSeconds: number
  maxSeconds: number
}

/** What the ranker finds in the demo recording, and the moments it was written around. */
export async function demoMoments(settings: Asked): Promise<{
  intended: z.infer<typeof screenplay>['moments']
  moments: Moment[]
}> {
  const examples = join(import.meta.dirname, '..', '..', 'examples')
  const { duration, moments: intended } = screenplay.parse(
    JSON.parse(await readFile(join(examples, 'night-bakery.words.json'), 'utf8')),
  )
  const name = 'night-bakery.vtt'
  const { cues } = parseTranscript(await readFile(join(examples, name)), { name, language: 'en' })
  return { intended, moments: detectLabelled({ id: name, duration, segments: cues }, settings) }
}

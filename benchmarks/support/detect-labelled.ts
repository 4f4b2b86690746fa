import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Moment, RankedMode } from '../../src/domain/moment.ts'
import { detectMoments } from '../../src/pipeline/detect/detect-moments.ts'
import { trainedRanker } from '../../src/pipeline/detect/trained-ranker.ts'

const labelledRecording = z.object({
  id: z.string(),
  /** Seconds. */
  duration: z.number(),
  segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string(), speaker: z.string().nullish() })),
})
/** What a detector may see of a labelled recording: its labels are not read. */
export type LabelledRecording = z.infer<typeof labelledRecording>

/** Reads a set of labelled recordings, one JSON document a line. */
export async function readLabelled(path: string): Promise<LabelledRecording[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => labelledRecording.parse(JSON.parse(line)))
}

interface Asked {
  mode: RankedMode
  count: number
  minSeconds: number
  maxSeconds: number
}

/** The moments that the ranker finds in the words alone. */
export function detectLabelled({ duration, segments }: LabelledRecording, settings: Asked): Moment[] {
  return detectMoments({
    segments: segments.map((segment, ordinal) => ({
      ...segment,
      ordinal,
      speaker: segment.speaker ?? null,
      words: [],
    })),
    duration,
    analysis: null,
    settings,
    ranker: trainedRanker,
  }).moments
}

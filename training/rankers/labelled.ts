import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const span = { start: z.number(), end: z.number() }
const labelledRecording = z.object({
  id: z.string(),
  show: z.string().optional(),
  domain: z.string().optional(),
  /** Seconds. */
  duration: z.number(),
  segments: z.array(z.object({ ...span, text: z.string(), speaker: z.string().nullish() })),
  labels: z.array(z.object({ ...span, weight: z.number().default(1), kind: z.string().default('') })),
  /** Single reactions, at `t` seconds. */
  events: z.array(z.object({ t: z.number(), weight: z.number() })).default([]),
})
export type Labelled = z.infer<typeof labelledRecording>

/** Reads a set of labelled recordings, one JSON document a line; those without labels are left out. */
export async function readLabelled(path: string): Promise<Labelled[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => labelledRecording.parse(JSON.parse(line))).filter(({ labels }) => labels.length > 0)
}

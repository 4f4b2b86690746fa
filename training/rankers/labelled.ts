import { type LabelledRecording, readLabelledSet } from '../../src/evaluation/labelled-recording.ts'

export type Labelled = LabelledRecording

/** Reads a set; recordings without labels are left out. @throws EvaluationDataUnreadable */
export async function readLabelled(path: string): Promise<Labelled[]> {
  return (await readLabelledSet(path)).filter(({ labels }) => labels.length > 0)
}

import { getRecording, type Recording } from '../library/recordings.store.ts'
import type { StepContext } from './engine/step-context.ts'

/**
 * The recording a run is about; ingest pins it before anything else begins. Path and title are the run's own: the same
 * content may lie in several places, with other names and other transcripts beside it, and be asked for at the same time.
 */
export async function recordingOf({ db, run, settings }: StepContext): Promise<Recording> {
  if (run.recordingId === null) throw new Error(`run ${run.id} has no recording yet`)
  const recording = await getRecording(db, run.recordingId)
  // What is behind a link says itself what it is called.
  const title = settings.link === undefined ? settings.title : recording.title
  return { ...recording, path: settings.path, title }
}

/** What the run has pinned under a name. @throws when an earlier step should have pinned it and did not */
export function pinOf({ run }: StepContext, name: 'transcriptId' | 'analysisId' | 'detectionId'): string {
  const id = run[name]
  if (id === null) throw new Error(`run ${run.id} has no ${name} yet`)
  return id
}

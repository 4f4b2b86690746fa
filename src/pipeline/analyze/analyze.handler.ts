import { hasAnalysis, saveAnalysis } from '../../library/analyses.store.ts'
import { contentHash } from '../content-hash.ts'
import type { StepContext } from '../engine/step-context.ts'
import { recordingOf } from '../recording-of.ts'
import { readSource } from '../source-file.ts'
import { analyzeOutput } from './analyze.job.ts'
import { analyzeMedia } from './analyze-media.ts'

/** Raise when the same file could be seen or heard otherwise. */
const version = 1

/** Looks at the picture and listens to the sound, without caring for words. */
export async function handleAnalyze(context: StepContext): Promise<void> {
  const { db, media } = context
  const recording = await recordingOf(context)
  const memoKey = contentHash({
    kind: 'analyze',
    version,
    recording: recording.contentHash,
    tools: media.tools.fingerprint,
  })
  const isKept = (output: unknown) =>
    hasAnalysis(db, { id: analyzeOutput.parse(output).analysisId, recordingId: recording.id })
  if (await context.reuse(memoKey, { check: isKept })) return
  const analysis = await readSource(db, recording, (path) =>
    analyzeMedia({
      path,
      info: recording.info,
      media,
      onProgress: (fraction) => context.report({ fraction, message: 'looking and listening' }),
    }),
  )
  await context.finish(
    async (tx) => ({
      analysisId: await saveAnalysis(tx, {
        recordingId: recording.id,
        duration: recording.duration,
        fingerprint: memoKey,
        analysis,
      }),
    }),
    { memoKey },
  )
}

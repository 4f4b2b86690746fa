import { performance } from 'node:perf_hooks'
import type { Detection } from '../../domain/moment.ts'
import { getAnalysis, getAnalysisFingerprint } from '../../library/analyses.store.ts'
import { saveEvent } from '../../library/events.store.ts'
import { hasDetection, saveDetection } from '../../library/moments.store.ts'
import { getTranscript, getTranscriptFingerprint } from '../../library/transcripts.store.ts'
import { contentHash } from '../content-hash.ts'
import { pinOf, recordingOf } from '../recording-of.ts'
import type { StepContext } from '../step-context.ts'
import { detectOutput } from './detect.job.ts'
import { detectMoments } from './detect-moments.ts'
import type { Ranker } from './ranker.ts'

/** Raise when the same words and sounds could give other moments. */
const version = 1

/** Finds the moments worth sharing, says why, and says how long it took to find them. */
export async function handleDetect(context: StepContext, { ranker }: { ranker: Ranker }): Promise<void> {
  const { db, settings } = context
  const recording = await recordingOf(context)
  const [transcriptId, analysisId] = [pinOf(context, 'transcriptId'), pinOf(context, 'analysisId')]
  const asked = {
    mode: settings.mode,
    count: settings.count,
    minSeconds: settings.minSeconds,
    maxSeconds: settings.maxSeconds,
  }
  const memoKey = contentHash({
    kind: 'detect',
    version,
    transcript: await getTranscriptFingerprint(db, transcriptId),
    analysis: await getAnalysisFingerprint(db, analysisId),
    asked,
    ranker: ranker.detector,
  })
  const isKept = (output: unknown) =>
    hasDetection(db, { id: detectOutput.parse(output).detectionId, recordingId: recording.id })
  if (await context.reuse(memoKey, { check: isKept })) return
  context.report({ fraction: 0, message: 'weighing what is said' })
  const { segments } = await getTranscript(db, transcriptId)
  const analysis = await getAnalysis(db, analysisId)
  const startedAt = performance.now()
  const detection = detectMoments({ segments, duration: recording.duration, analysis, settings: asked, ranker })
  const seconds = (performance.now() - startedAt) / 1000
  await context.finish(
    async (tx) => {
      await saveEvent(tx, performanceEvent({ context, detection, ranker, duration: recording.duration, seconds }))
      const detectionId = await saveDetection(tx, {
        recordingId: recording.id,
        duration: recording.duration,
        transcriptId,
        analysisId,
        mode: settings.mode,
        settings: asked,
        detection,
      })
      return { detectionId, momentCount: detection.moments.length }
    },
    { memoKey },
  )
}

function performanceEvent(about: {
  context: StepContext
  detection: Detection
  ranker: Ranker
  duration: number
  seconds: number
}) {
  const { context, detection, ranker, duration, seconds } = about
  const found = detection.moments.length
  return {
    severity: 'info' as const,
    component: 'detect',
    name: 'detection.performance',
    message: `Found ${found} moments among ${detection.candidateCount} candidates in ${seconds.toFixed(2)} s.`,
    data: {
      seconds,
      moments: found,
      candidates: detection.candidateCount,
      recordingSeconds: duration,
      detector: ranker.detector,
      secondsPerHour: duration > 0 ? seconds / (duration / 3600) : null,
    },
    runId: context.run.id,
    ...(context.run.recordingId === null ? {} : { recordingId: context.run.recordingId }),
  }
}

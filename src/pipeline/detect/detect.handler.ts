import { bestDetector } from '../../domain/best-detector.ts'
import { type Detection, rankedModes } from '../../domain/moment.ts'
import { getAnalysis, getAnalysisFingerprint } from '../../library/analyses.store.ts'
import { saveEvent } from '../../library/events.store.ts'
import { hasDetection, saveDetection } from '../../library/moments.store.ts'
import { getTranscript, getTranscriptFingerprint } from '../../library/transcripts.store.ts'
import { contentHash } from '../content-hash.ts'
import type { StepContext } from '../engine/step-context.ts'
import type { LanguageModel } from '../language-model.ts'
import { pinOf, recordingOf } from '../recording-of.ts'
import { detectOutput } from './detect.job.ts'
import { learntPartsOf } from './find-moments.ts'
import { judgeMoments, type Verdict } from './language-model/judge-moments.ts'
import { rankingPromptVersion } from './language-model/ranking-question.ts'
import { findOffThread, shortlistOffThread } from './off-thread/find-off-thread.ts'
import type { Ranker } from './ranker.ts'
import type { ChooseRanker } from './versions/choose-ranker.ts'
import type { RecordingToWeigh } from './weigh-recording.ts'

/** Raise when the same words and sounds could give other moments. */
const version = 3

interface DetectParts {
  /** Which version a recording gets, with the taste of the library's people. */
  chooseRanker: ChooseRanker
  /** The rung above the ranker; null when none is set up. */
  languageModel: LanguageModel | null
}

/** Finds the moments worth sharing, says why, by whom, and how long it took to find them. */
export async function handleDetect(context: StepContext, { chooseRanker, languageModel }: DetectParts): Promise<void> {
  const { db, settings, step } = context
  const recording = await recordingOf(context)
  const ranker = await chooseRanker(db, { stepId: step.id, recording, mode: settings.mode })
  const [transcriptId, analysisId] = [pinOf(context, 'transcriptId'), pinOf(context, 'analysisId')]
  const mode = rankedModes.find((ranked) => ranked === settings.mode)
  const model = mode === undefined || settings.languageModel === false || settings.withoutWords ? null : languageModel
  const asked = {
    mode: settings.mode,
    query: settings.query ?? null,
    count: settings.count,
    minSeconds: settings.minSeconds,
    maxSeconds: settings.maxSeconds,
    ...(settings.withoutWords && { withoutWords: true }),
  }
  const memoKey = contentHash({
    kind: 'detect',
    version,
    transcript: await getTranscriptFingerprint(db, transcriptId),
    analysis: await getAnalysisFingerprint(db, analysisId),
    asked,
    ranker: ranker.detector,
    learnt: learntPartsOf(settings.mode),
    ...(ranker.taste === undefined ? {} : { taste: ranker.taste }),
    ...(model === null ? {} : { models: namesOf(model), prompt: rankingPromptVersion }),
  })
  const isKept = (output: unknown) =>
    hasDetection(db, { id: detectOutput.parse(output).detectionId, recordingId: recording.id })
  if (await context.reuse(memoKey, { check: isKept })) return
  context.report({ fraction: 0, message: 'weighing what is said' })
  const { segments } = await getTranscript(db, transcriptId)
  const analysis = await getAnalysis(db, analysisId)
  const input = { segments, duration: recording.duration, analysis, ranker }
  const judged =
    model === null || mode === undefined
      ? notJudged
      : await judge(context, { model, input: { ...input, settings: { ...asked, mode } } })
  const { verdict } = judged
  const judgements = verdict?.outcome === 'judged' ? verdict.judgements : null
  const answered = await findOffThread({ ...input, settings: asked, judgements }, { signal: context.signal })
  const { result: found, lighter } = answered
  const note = verdict?.outcome === 'unavailable' ? `${verdict.message} ${insteadOfIt}` : null
  const detection: Detection = note === null ? found : { ...found, notes: [...(found.notes ?? []), note] }
  const seconds = judged.seconds + answered.seconds
  await context.finish(
    async (tx) => {
      await saveEvent(tx, performanceEvent({ context, detection, ranker, duration: recording.duration, seconds }))
      if (note !== null) await saveEvent(tx, lowerRungEvent({ context, ranker, note }))
      if (lighter !== null) await saveEvent(tx, lighterEvent(context, lighter))
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
    // What a lower rung found in an outage is no answer to what was asked: the next run asks again.
    note === null ? { memoKey } : {},
  )
}

const insteadOfIt = 'The built-in ranker chose instead.'

function namesOf({ choices }: LanguageModel) {
  return choices.map(({ provider, model }) => ({ provider, model }))
}

interface Judged {
  /** Null when nobody was asked. */
  verdict: Verdict | null
  /** Of our own work, without those we waited for the model. */
  seconds: number
}

const notJudged: Judged = { verdict: null, seconds: 0 }

async function judge(
  context: StepContext,
  { model, input }: { model: LanguageModel; input: RecordingToWeigh },
): Promise<Judged> {
  const { signal } = context
  const { result: shortlist, seconds } = await shortlistOffThread(input, { signal })
  // Nothing to choose from: what there is has its reason, and that is no matter of rungs.
  if (shortlist.passages.length === 0) return { verdict: null, seconds }
  const label = model.choices[0]?.label ?? 'the language model'
  context.report({ fraction: 0.3, message: `asking ${label}` })
  const verdict = await judgeMoments({
    shortlist,
    mode: input.settings.mode,
    count: input.settings.count,
    model,
    recordingId: context.run.recordingId,
    runId: context.run.id,
    signal,
    onWait: (message) => context.report({ fraction: 0.3, message, isWaiting: true }),
  })
  if (verdict.outcome === 'unavailable')
    context.report({ fraction: 0.6, message: `${label} is unavailable, using the local ranker`, isWaiting: true })
  return { verdict, seconds }
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
      detector: bestDetector(detection.moments) ?? ranker.detector,
      secondsPerHour: duration > 0 ? seconds / (duration / 3600) : null,
    },
    ...belongingTo(context),
  }
}

function lowerRungEvent({ context, ranker, note }: { context: StepContext; ranker: Ranker; note: string }) {
  return {
    severity: 'warn' as const,
    component: 'detect',
    name: 'detection.lower-rung',
    message: note,
    data: { wanted: 'llm', used: ranker.detector },
    ...belongingTo(context),
  }
}

function lighterEvent(context: StepContext, message: string) {
  return { severity: 'warn' as const, component: 'detect', name: 'detection.lighter', message, ...belongingTo(context) }
}

function belongingTo({ run }: StepContext) {
  return { runId: run.id, ...(run.recordingId === null ? {} : { recordingId: run.recordingId }) }
}

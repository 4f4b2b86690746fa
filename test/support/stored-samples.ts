import { randomUUID } from 'node:crypto'
import type { Database } from '../../src/database/connect.ts'
import type { Analysis } from '../../src/domain/observation.ts'
import type { Segment, TranscriptDocument } from '../../src/domain/transcript.ts'
import { saveAnalysis } from '../../src/library/analyses.store.ts'
import { saveDetection } from '../../src/library/moments.store.ts'
import { saveRecording } from '../../src/library/recordings.store.ts'
import type { Rendering } from '../../src/library/renderings.store.ts'
import { insertRun } from '../../src/library/runs.store.ts'
import { insertSteps } from '../../src/library/steps.store.ts'
import { saveTranscript } from '../../src/library/transcripts.store.ts'
import { thisProcess } from '../../src/observability/this-process.ts'
import { mediaInfoOf } from './media-info.ts'
import { sampleMoment } from './sample-moments-document.ts'

/** Seconds of every recording here. */
export const duration = 100

export const aHash = () => randomUUID().replaceAll('-', '').padEnd(64, '0')

export function segment(ordinal: number, start: number, end: number): Segment {
  return { ordinal, start, end, text: `sentence ${ordinal}`, speaker: null, words: [] }
}

export const someSegments = [segment(0, 0, 4), segment(1, 4, 9.5), segment(2, 10, 20)]

export function transcriptOf(segments: Segment[]): TranscriptDocument {
  return { origin: { kind: 'given', name: '/talk.srt', format: 'srt' }, language: 'en', segments, warnings: [] }
}

export const analysis: Analysis = {
  scenes: [
    { start: 0, end: 40 },
    { start: 40, end: 100 },
  ],
  silences: [{ start: 9.5, end: 10 }],
  loudness: { step: 0.5, integrated: -17.25, values: Array.from({ length: 200 }, (_, i) => -20 - (i % 7)) },
  warnings: ['it hums'],
}

export const moment = { ...sampleMoment(0).moment, start: 10, end: 20, firstSegment: 2, lastSegment: 2 }

export function newRendering(change: Partial<Rendering> = {}): Rendering {
  const key = aHash()
  const facts = {
    path: `renderings/${key}.mp4`,
    sha256: aHash(),
    sizeBytes: 3e9,
    duration: 10,
    width: 1080,
    height: 1920,
  }
  return { key, ...facts, report: { loudness: -14 }, ...change }
}

/** Puts one of each stored noun into a database, with what it stands on. */
export function storedSamples(database: Database) {
  function newRecording(change: { contentHash?: string; path?: string } = {}): Promise<string> {
    const recording = { title: 'talk', path: '/talk.mp4', contentHash: aHash(), info: mediaInfoOf(duration), ...change }
    return saveRecording(database.kysely, recording, 'cli')
  }

  function newTranscript(recordingId: string, fingerprint: string, segments = someSegments): Promise<string> {
    return database.kysely
      .transaction()
      .execute((tx) =>
        saveTranscript(tx, { recordingId, duration, fingerprint, document: transcriptOf(segments), by: 'cli' }),
      )
  }

  function newAnalysis(
    recordingId: string,
    change: Partial<Analysis> = {},
    fingerprint = 'as before',
  ): Promise<string> {
    return database.kysely
      .transaction()
      .execute((tx) => saveAnalysis(tx, { recordingId, duration, fingerprint, analysis: { ...analysis, ...change } }))
  }

  async function newDetection(change: Partial<typeof moment>[] = [{}]): Promise<{ id: string; recordingId: string }> {
    const recordingId = await newRecording()
    const [transcriptId, analysisId] = [await newTranscript(recordingId, 'a'), await newAnalysis(recordingId)]
    const id = await saveDetection(database.kysely, {
      recordingId,
      duration,
      transcriptId,
      analysisId,
      mode: 'highlights',
      settings: { count: 2 },
      detection: {
        moments: change.map((each, i) => ({ ...moment, rank: i + 1, ...each })),
        candidateCount: 7,
        curve: { step: 1, values: [0, 0.5] },
        shortfall: null,
      },
    })
    return { id, recordingId }
  }

  async function newRun(): Promise<string> {
    return insertRun(database.kysely, { fingerprint: aHash(), settings: {}, owner: thisProcess(), by: 'cli' })
  }

  async function newStep(): Promise<string> {
    const id = randomUUID()
    await insertSteps(database.kysely, [
      { id, runId: await newRun(), kind: 'analyze', subject: 0, jobId: randomUUID() },
    ])
    return id
  }

  return { newRecording, newTranscript, newAnalysis, newDetection, newRun, newStep }
}

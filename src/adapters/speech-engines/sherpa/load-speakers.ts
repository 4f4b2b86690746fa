import { z } from 'zod'
import { readWave } from './read-wave.ts'
import { loadSherpa } from './sherpa-library.ts'
import type { SherpaTask, SherpaWorker } from './sherpa-messages.ts'

const segments = z.array(z.object({ start: z.number(), end: z.number(), speaker: z.number().int() }))

/** Enough of a voice to know it again. Seconds. */
const enoughVoice = 20

/** Loads the models that tell voices apart, in this process. Answers with who speaks when in a file, and what each voice is like. */
export async function loadSpeakers({
  files,
  threads,
}: Extract<SherpaTask, { task: 'speakers' }>): Promise<SherpaWorker> {
  const { OfflineSpeakerDiarization, SpeakerEmbeddingExtractor } = loadSherpa()
  const embedding = { model: files['embedding'], numThreads: threads, provider: 'cpu', debug: 0 }
  const diarization = new OfflineSpeakerDiarization({
    segmentation: { pyannote: { model: files['segmentation'] }, numThreads: threads, provider: 'cpu', debug: 0 },
    embedding,
    // -1: as many as there are, told apart by the threshold.
    clustering: { numClusters: -1, threshold: 0.5 },
    minDurationOn: 0.2,
    minDurationOff: 0.5,
  })
  const extractor = new SpeakerEmbeddingExtractor(embedding)
  return async (question) => {
    if (question.ask !== 'speakers') throw new Error('this process tells voices apart')
    const { samples, sampleRate } = await readWave(question.path)
    const spoken = segments.parse(diarization.process(samples))
    const voices = new Map<number, number[]>()
    for (const speaker of new Set(spoken.map((segment) => segment.speaker))) {
      const stream = extractor.createStream()
      let given = 0
      for (const { start, end } of spoken.filter((segment) => segment.speaker === speaker)) {
        if (given > enoughVoice) break
        stream.acceptWaveform({ samples: samples.slice(start * sampleRate, end * sampleRate), sampleRate })
        given += end - start
      }
      stream.inputFinished()
      if (extractor.isReady(stream)) voices.set(speaker, [...extractor.compute(stream, false)])
    }
    return { segments: spoken, voices: [...voices].map(([speaker, voice]) => ({ speaker, voice })) }
  }
}

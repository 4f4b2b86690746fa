import { readWave } from './read-wave.ts'
import { recognizerConfig } from './recognizer-config.ts'
import { loadSherpa } from './sherpa-library.ts'
import type { SherpaTask, SherpaWorker } from './sherpa-messages.ts'

/** Loads a model that hears, in this process: a damaged one ends it. */
export async function loadRecognizer(task: Extract<SherpaTask, { task: 'hear' }>): Promise<SherpaWorker> {
  const { OfflineRecognizer } = loadSherpa()
  const recognizer = await OfflineRecognizer.createAsync(recognizerConfig(task))
  let language: string | null = null
  return async (question) => {
    if (question.ask !== 'hear') throw new Error('this process hears')
    if (task.kind === 'whisper' && question.language !== language) {
      language = question.language
      recognizer.setConfig(recognizerConfig({ ...task, language: language?.split('-')[0] ?? null }))
    }
    const stream = recognizer.createStream()
    stream.acceptWaveform(await readWave(question.path))
    return recognizer.decodeAsync(stream)
  }
}

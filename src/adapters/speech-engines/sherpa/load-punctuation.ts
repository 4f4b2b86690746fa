import { loadSherpa } from './sherpa-library.ts'
import type { SherpaTask, SherpaWorker } from './sherpa-messages.ts'

/** Loads a model that sets punctuation and capitals, in this process. */
export async function loadPunctuation({
  files,
  threads,
}: Extract<SherpaTask, { task: 'punctuate' }>): Promise<SherpaWorker> {
  const { OnlinePunctuation } = loadSherpa()
  const punctuation = new OnlinePunctuation({
    model: {
      cnnBilstm: files['model'],
      bpeVocab: files['vocabulary'],
      numThreads: threads,
      provider: 'cpu',
      debug: false,
    },
  })
  return async (question) => {
    if (question.ask !== 'punctuate') throw new Error('this process sets punctuation')
    return question.texts.map((text) => punctuation.addPunct(text))
  }
}

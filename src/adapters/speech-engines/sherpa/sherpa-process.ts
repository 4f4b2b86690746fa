import { memoryUsage } from 'node:process'
import type { SherpaAnswer, SherpaQuestion, SherpaTask, SherpaWorker } from './sherpa-messages.ts'

/**
 * The process that holds a model of sherpa-onnx: told its task by its first argument, asked over its channel. A damaged model ends it
 * at once (the library aborts), which is why it is a process of its own; and it ends by itself when whoever started it is gone,
 * also in the middle of an answer, since the library works in threads.
 */
process.on('disconnect', () => process.exit(0))
// A terminal's Ctrl-C reaches us too; whoever started us decides.
process.on('SIGINT', () => undefined)

const worker = await load().catch((error: unknown) => {
  tell({ kind: 'unusable', reason: sayReason(error) })
  return null
})
if (worker) {
  let last: Promise<void> = Promise.resolve()
  process.on('message', (question: SherpaQuestion) => {
    last = last.then(() => answer(worker, question))
  })
  tell({ kind: 'ready' })
} else {
  process.disconnect?.()
}

async function load(): Promise<SherpaWorker> {
  const task = JSON.parse(process.argv[2] ?? '') as SherpaTask
  switch (task.task) {
    case 'hear': {
      const { loadRecognizer } = await import('./load-recognizer.ts')
      return loadRecognizer(task)
    }
    case 'speakers': {
      const { loadSpeakers } = await import('./load-speakers.ts')
      return loadSpeakers(task)
    }
    case 'punctuate': {
      const { loadPunctuation } = await import('./load-punctuation.ts')
      return loadPunctuation(task)
    }
  }
}

async function answer(ask: SherpaWorker, question: SherpaQuestion): Promise<void> {
  try {
    const value = await ask(question)
    tell({ kind: 'answer', id: question.id, value, memoryBytes: memoryUsage.rss() })
  } catch (error) {
    tell({ kind: 'failed', id: question.id, reason: sayReason(error) })
  }
}

function tell(message: SherpaAnswer): void {
  if (process.connected) process.send?.(message)
}

function sayReason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300) ?? ''
}

import { performance } from 'node:perf_hooks'
import { parentPort } from 'node:worker_threads'
import { toErrorRecord } from '../../../domain/app-error.ts'
import type { Answer, Asked } from './messages.ts'
import { carryOut } from './tasks.ts'
import { describeThrown } from './thread-errors.ts'

// Runs in a thread of its own, one question at a time; started by `detection-threads.ts`.

parentPort?.on('message', (asked: Asked) => {
  parentPort?.postMessage(answerTo(asked))
})

function answerTo(asked: Asked): Answer {
  const startedAt = performance.now()
  try {
    return { kind: 'done', result: carryOut(asked), seconds: (performance.now() - startedAt) / 1000 }
  } catch (thrown) {
    return { kind: 'failed', thrown: describeThrown(thrown, toErrorRecord) }
  }
}

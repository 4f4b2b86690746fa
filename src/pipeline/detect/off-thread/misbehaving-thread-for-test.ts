import { parentPort } from 'node:worker_threads'
import { AppError, toErrorRecord } from '../../../domain/app-error.ts'
import type { Answer, Asked } from './messages.ts'
import { describeThrown } from './thread-errors.ts'

class TestFailure extends AppError {
  readonly code = 'WRONG_USAGE'
  override readonly retry = 'later' as const
  constructor() {
    super('It was asked wrongly.', { hint: 'Ask again.', evidence: { output: 'last line' } })
  }
}

/** A thread that does what its settings say instead of looking for moments. */
parentPort?.on('message', ({ question, lighter }: Asked) => {
  const behaviour = question.task === 'moments' ? `${question.settings.query}` : ''
  const answer = (given: Answer) => parentPort?.postMessage(given)
  switch (behaviour) {
    case 'answer':
      return answer({ kind: 'done', result: { lighter }, seconds: 1 })
    case 'refuse':
      return answer({ kind: 'failed', thrown: describeThrown(new TestFailure(), toErrorRecord) })
    case 'break':
      return answer({ kind: 'failed', thrown: describeThrown(new RangeError('too far'), toErrorRecord) })
    case 'end':
      return process.exit(3)
    case 'throw':
      throw new Error('nobody caught this')
    case 'grow':
      if (lighter) return answer({ kind: 'done', result: { lighter }, seconds: 1 })
      return grow()
    case 'grow always':
      return grow()
    default:
      // Never answers, and never lets go of its core.
      for (;;);
  }
})

function grow(): never {
  const kept: string[][] = []
  for (let i = 0; ; i++) kept.push(Array.from({ length: 1000 }, (_, j) => `${i} ${j}`))
}

import { cpuUsage, memoryUsage } from 'node:process'
import type { Answer, FaceModel, ModelChoice, Question } from './face-messages.ts'

/**
 * The process that looks for faces: started by `FaceProcess`, told its model by its first argument, asked over its channel. It
 * holds nothing that has to be kept, so it may be killed at any time, and it ends by itself when whoever started it is gone.
 */
process.on('disconnect', () => process.exit(0))
// A terminal's Ctrl-C reaches us too; whoever started us decides.
process.on('SIGINT', () => undefined)

const model = await load().catch((error: unknown) => {
  tell({ kind: 'unusable', reason: sayReason(error) })
  return null
})
if (model) {
  let last: Promise<void> = Promise.resolve()
  process.on('message', (question: Question) => {
    last = last.then(() => answer(model, question))
  })
  tell({ kind: 'ready' })
} else {
  process.disconnect?.()
}

async function load(): Promise<FaceModel> {
  const choice = JSON.parse(process.argv[2] ?? '') as ModelChoice
  if (choice.kind === 'yunet') {
    const { loadYunet } = await import('./load-yunet.ts')
    return loadYunet(choice.path)
  }
  const { loadFaceApi } = await import('./load-face-api.ts')
  return loadFaceApi()
}

async function answer(model: FaceModel, { id, picture }: Question): Promise<void> {
  try {
    const before = cpuUsage()
    const faces = await model.findFaces(picture)
    const { user, system } = cpuUsage(before)
    tell({ kind: 'faces', id, faces, memoryBytes: memoryUsage.rss(), cpuSeconds: (user + system) / 1e6 })
  } catch (error) {
    tell({ kind: 'failed', id, reason: sayReason(error) })
  }
}

function tell(message: Answer): void {
  if (process.connected) process.send?.(message)
}

function sayReason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300) ?? ''
}

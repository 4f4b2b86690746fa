import { z } from 'zod'
import { type StepKind, stepKinds } from '../../domain/run.ts'
import { WrongUsage } from '../clip/clip-options.ts'

/** `cut,transcribe` as kinds of steps. @throws WrongUsage */
export function readKinds(text: string, command: string): StepKind[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !isKind(name))
  if (unknown.length > 0) {
    const which = unknown.map((name) => `"${name}"`).join(', ')
    throw new WrongUsage([`There is no step ${which}; there are ${stepKinds.join(', ')}.`], command)
  }
  return [...new Set(names.filter(isKind))]
}

/** One kind. @throws WrongUsage */
export function readKind(text: string, command: string): StepKind {
  const [kind, another] = readKinds(text, command)
  if (kind === undefined || another !== undefined) throw new WrongUsage(['Name one kind of step.'], command)
  return kind
}

const workerOptions = z.object({
  only: z.string().optional(),
  concurrency: z.preprocess(
    (value) => (value === 'auto' ? undefined : value),
    z.coerce
      .number({ error: '--concurrency must be a number, or auto.' })
      .int('--concurrency must be a whole number.')
      .min(1, '--concurrency must be at least 1.')
      .max(64, '--concurrency must be at most 64.')
      .optional(),
  ),
  untilIdle: z.boolean().default(false),
  data: z.string().optional(),
})

export interface WorkerCommand {
  kinds: StepKind[] | undefined
  atOnce: number | undefined
  /** Whether it ends when nothing is left to do. */
  untilIdle: boolean
  data: string | undefined
}

/** @throws WrongUsage naming every problem */
export function readWorkerOptions(options: object): WorkerCommand {
  const parsed = workerOptions.safeParse(options)
  if (!parsed.success)
    throw new WrongUsage(
      parsed.error.issues.map(({ message }) => message),
      'worker',
    )
  const { only, concurrency, untilIdle, data } = parsed.data
  return { kinds: only === undefined ? undefined : readKinds(only, 'worker'), atOnce: concurrency, untilIdle, data }
}

function isKind(name: string): name is StepKind {
  return stepKinds.some((kind) => kind === name)
}

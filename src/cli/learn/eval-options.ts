import { resolve } from 'node:path'
import { z } from 'zod'
import { WrongUsage } from '../clip/clip-options.ts'

const tasks = ['clips', 'query', 'chapters'] as const

const evalOptions = z.object({
  task: z.enum(tasks, { error: `--task must be one of ${tasks.join(', ')}.` }).optional(),
  kind: z.string().min(1, '--kind needs a text.').optional(),
  notKind: z.string().min(1, '--not-kind needs a text.').optional(),
  compare: z.string().optional(),
  out: z.string().min(1, '--out needs the name of a folder.').optional(),
  json: z.boolean().default(false),
})

export interface EvalCommand {
  /** A file or a folder, absolute. */
  data: string
  task: (typeof tasks)[number] | undefined
  kind: string | null
  notKind: string | null
  /** Names of detectors, the first is the one the others are compared with. */
  detectors: string[]
  out: string | null
  json: boolean
}

/** @throws WrongUsage naming every problem at once */
export function readEvalOptions({
  data,
  options,
  known,
}: {
  data: string
  options: object
  known: readonly string[]
}): EvalCommand {
  const parsed = evalOptions.safeParse(options)
  const problems = parsed.success ? [] : parsed.error.issues.map(({ message }) => message)
  if (data === '') problems.push('The name of the labelled recordings is missing.')
  const detectors = parsed.data?.compare?.split(',').map((name) => name.trim()) ?? known.slice(0, 1)
  for (const name of detectors) {
    if (!known.includes(name))
      problems.push(`--compare: there is no detector "${name}"; there are ${known.join(', ')}.`)
  }
  if (new Set(detectors).size < detectors.length) problems.push('--compare names a detector twice.')
  if (!parsed.success || problems.length > 0) throw new WrongUsage(problems, 'eval')
  const { task, kind = null, notKind = null, out, json } = parsed.data
  return { data: resolve(data), task, kind, notKind, detectors, out: out === undefined ? null : resolve(out), json }
}

import { z } from 'zod'
import type { Verdict } from '../../domain/feedback.ts'
import { WrongUsage } from '../clip/clip-options.ts'

/** What was said of a clip, as it was typed; a trim in seconds of the clip. */
export type GivenVerdict = Exclude<Verdict, { kind: 'trim' }> | { kind: 'trim'; from: number; to: number }

// Longer than anybody types at a prompt; a book belongs somewhere else.
const longestComment = 2000

const shapes = {
  keep: [],
  discard: [],
  stars: ['a number from 1 to 5'],
  trim: ['where it should begin', 'where it should end'],
  comment: ['a text'],
} as const

/** Reads `keep`, `discard`, `stars 4`, `trim 0:03 0:41` or `comment "…"`. @throws WrongUsage */
export function readVerdict(kind: string, values: readonly string[]): GivenVerdict {
  if (!isKind(kind)) throw wrongUsage([`"${kind}" is no verdict; there are ${Object.keys(shapes).join(', ')}.`])
  const wanted = shapes[kind]
  if (values.length !== wanted.length) {
    throw wrongUsage([`${kind} needs ${wanted.length === 0 ? 'nothing else' : wanted.join(' and ')}.`])
  }
  const [first = '', second = ''] = values
  switch (kind) {
    case 'stars':
      return { kind, stars: readStars(first) }
    case 'trim':
      return { kind, ...readTrim(first, second) }
    case 'comment':
      return { kind, text: readComment(first) }
    case 'keep':
    case 'discard':
      return { kind }
  }
}

function isKind(kind: string): kind is keyof typeof shapes {
  return Object.hasOwn(shapes, kind)
}

function readStars(text: string): number {
  if (!/^[1-5]$/.test(text)) throw wrongUsage([`stars must be a whole number from 1 to 5, not "${text}".`])
  return Number(text)
}

function readTrim(begin: string, end: string): { from: number; to: number } {
  const [from, to] = [readClock(begin), readClock(end)]
  const wrong = [begin, end].filter((_, i) => [from, to][i] === null)
  if (from === null || to === null)
    throw wrongUsage(wrong.map((text) => `"${text}" is no time of the clip; write 3.5 or 0:03.`))
  if (from >= to) throw wrongUsage(['The trim must end after it begins.'])
  return { from, to }
}

/** Seconds: `3.5`, `0:03`, `1:02:03.5`; null for anything else. */
export function readClock(text: string): number | null {
  if (!/^(?:\d{1,3}:){0,2}\d{1,5}(?:\.\d{1,3})?$/.test(text)) return null
  const parts = text.split(':').map(Number)
  if (parts.slice(1).some((part) => part >= 60)) return null
  return parts.reduce((sum, part) => sum * 60 + part, 0)
}

function readComment(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw wrongUsage(['The comment is empty.'])
  if (trimmed.length > longestComment) throw wrongUsage([`The comment is longer than ${longestComment} letters.`])
  return trimmed
}

function wrongUsage(problems: string[]): WrongUsage {
  return new WrongUsage(problems, 'feedback give')
}

const storeOptions = z.object({ data: z.string().optional(), json: z.boolean().default(false) })

/** What every command on stored things may be told. */
export type StoreOptions = z.infer<typeof storeOptions>

export function readStoreOptions(options: object): StoreOptions {
  return storeOptions.parse(options)
}

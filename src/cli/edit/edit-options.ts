import { resolve } from 'node:path'
import { z } from 'zod'
import { aspects, captionStyles } from '../../domain/clip.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import type { AskedEdit } from '../../pipeline/cut/edit/change-clip.ts'
import { WrongUsage } from '../clip/clip-options.ts'
import { readFramingFile } from '../clip/read-framing-file.ts'
import { tightenList, tightenZoom } from '../clip/tighten-options.ts'
import { readClock } from '../learn/feedback-options.ts'

export interface EditCommand {
  /** Nothing to change: what is there is shown. */
  kind: 'change' | 'undo' | 'original' | 'list'
  asked: AskedEdit
  data: string | undefined
  json: boolean
}

const seconds = (name: string) =>
  z.coerce
    .number({ error: `--${name} must be a number of seconds.` })
    .min(-600, `--${name} must be at least -600.`)
    .max(600, `--${name} must be at most 600.`)
const words = z.array(z.string().trim().min(1).max(200)).max(200).default([])

const editOptions = z.object({
  trimStart: seconds('trim-start').optional(),
  trimEnd: seconds('trim-end').optional(),
  ranges: z.string().optional(),
  remove: words,
  keep: words,
  replace: words,
  title: z.string().trim().min(1, '--title is empty.').max(200, '--title may have 200 letters.').optional(),
  framing: z.string().min(1, '--framing needs the name of a file.').optional(),
  tighten: tightenList.optional(),
  tightenZoom: tightenZoom.optional(),
  aspect: z.enum(aspects, { error: `--aspect must be one of ${aspects.join(', ')}.` }).optional(),
  captions: z.enum(captionStyles, { error: `--captions must be one of ${captionStyles.join(', ')}.` }).optional(),
  undo: z.boolean().default(false),
  original: z.boolean().default(false),
  list: z.boolean().default(false),
  data: z.string().optional(),
  json: z.boolean().default(false),
})

/** @throws WrongUsage naming every problem at once, FramingFileUnusable */
export async function readEditOptions(options: object): Promise<EditCommand> {
  const parsed = editOptions.safeParse(options)
  if (!parsed.success) throw wrongUsage(parsed.error.issues.map(({ message }) => message))
  const { undo, original, list, data, json, ranges, replace, framing, tightenZoom: zoom, ...given } = parsed.data
  const asked: AskedEdit = {
    ...given,
    ...(ranges !== undefined && { ranges: readRanges(ranges) }),
    replace: replace.map(readReplacement),
    ...(framing !== undefined && { framing: await readFramingFile(resolve(framing)) }),
    zoom,
  }
  const changes = Object.values(asked).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined))
  const other = [undo && '--undo', original && '--original', list && '--list'].filter((name) => name !== false)
  const asksNothing = !changes && !isEmptyTighten(asked)
  if (other.length > 1 || (other.length === 1 && !asksNothing)) throw wrongUsage([`${other[0] ?? ''} stands alone.`])
  if (asked.ranges && (asked.trimStart !== undefined || asked.trimEnd !== undefined))
    throw wrongUsage([
      '--ranges says where the clip begins and ends, so it does not go with --trim-start or --trim-end.',
    ])
  const kind = undo ? 'undo' : original ? 'original' : asksNothing ? 'list' : 'change'
  return { kind, asked, data, json }
}

function isEmptyTighten({ tighten }: AskedEdit): boolean {
  return tighten !== undefined && tighten.length === 0
}

/** `1:02-1:10.5,0:30-0:41`. */
function readRanges(text: string): TimeRange[] {
  return text.split(',').map((part) => {
    const [from = '', to = '', ...more] = part.split(/[-–]/).map((clock) => clock.trim())
    const [start, end] = [readClock(from), readClock(to)]
    if (start === null || end === null || more.length > 0)
      throw wrongUsage([`"${part.trim()}" is no stretch of the recording; write 1:02-1:10.5,0:30-0:41.`])
    if (end <= start) throw wrongUsage([`"${part.trim()}" ends before it starts.`])
    return { start, end }
  })
}

function readReplacement(text: string): { from: string; to: string } {
  const at = text.indexOf('=')
  const from = text.slice(0, Math.max(0, at)).trim()
  if (from === '') throw wrongUsage([`"${text}" says nothing to replace; write --replace "Jon=John".`])
  return { from, to: text.slice(at + 1).trim() }
}

function wrongUsage(problems: string[]): WrongUsage {
  return new WrongUsage(problems, 'edit')
}

import Table from 'cli-table3'
import stringWidth from 'string-width'
import { formatClock, lengthOf } from '../../domain/time-range.ts'
import type { DocumentedMoment, MomentsDocument } from '../../pipeline/conclude/moments-document.ts'
import type { Paint } from '../terminal/create-paint.ts'
import { fitMiddle, fitText } from '../terminal/fit-text.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'

interface Column {
  head: string
  right?: boolean
  cell: (moment: DocumentedMoment) => string
}

const rank: Column = { head: '#', right: true, cell: (moment) => String(moment.rank) }
const score: Column = {
  head: 'score',
  right: true,
  cell: ({ score: value }) => (Math.round(value * 100) / 100).toFixed(2),
}
const length: Column = { head: 'length', right: true, cell: (moment) => `${Math.round(lengthOf(moment))} s` }
const at: Column = { head: 'at', right: true, cell: (moment) => formatClock(moment.start) }

/** Narrower than this a title says nothing. */
const leastText = 14
const bordersFor = (columns: number) => columns * 3 + 1

/**
 * The moments of a run as a table no wider than `width` columns. What has little room shares it: title and file are
 * shortened, and a narrow terminal goes without file, then without place and length.
 */
export function resultsTable({ moments }: MomentsDocument, { width, paint }: { width: number; paint: Paint }): string {
  if (moments.length === 0) return ''
  const room = width - 1
  const whole = [rank, score, length, at]
  const layouts = [
    { fixed: whole, texts: 2 },
    { fixed: whole, texts: 1 },
    { fixed: [rank, score], texts: 1 },
  ]
  const fits = layouts.map((layout) => ({ ...layout, rest: restOf({ ...layout, moments, room }) }))
  const chosen = fits.find(({ rest, texts }) => rest >= leastText * texts)
  return chosen === undefined ? plainList(moments, room) : draw({ ...chosen, moments, paint })
}

/** Columns left for the texts beside the fixed columns and all borders. */
function restOf(layout: { fixed: Column[]; texts: number; moments: DocumentedMoment[]; room: number }): number {
  const { fixed, texts, moments, room } = layout
  const taken = fixed.reduce((sum, column) => sum + widthOf(column, moments), 0)
  return room - taken - bordersFor(fixed.length + texts)
}

function widthOf({ head, cell }: Column, moments: DocumentedMoment[]): number {
  return Math.max(stringWidth(head), ...moments.map((moment) => stringWidth(cell(moment))))
}

interface Layout {
  fixed: Column[]
  texts: number
  rest: number
  moments: DocumentedMoment[]
  paint: Paint
}

function draw({ fixed, texts, rest, moments, paint }: Layout): string {
  const titles = moments.map(({ title }) => sanitiseTerminal(title))
  const files = moments.map(fileOf)
  const [titleRoom, fileRoom] = texts === 1 ? [rest, 0] : share(rest, longest(titles), longest(files))
  const textHeads = texts === 1 ? ['title'] : ['title', 'file']
  const table = new Table({
    head: [...fixed.map(({ head }) => head), ...textHeads].map((head) => paint.bold(head)),
    colAligns: [...fixed.map(({ right }) => (right ? 'right' : 'left') as 'right' | 'left'), 'left', 'left'],
    // Its own colours would come in a pipe as well.
    style: { head: [], border: [], compact: true },
  })
  moments.forEach((moment, index) => {
    const failed = moment.clip.status === 'failed'
    // Without the file's column the title carries the mark.
    const marked = failed && texts === 1 ? `✗ ${titles[index]}` : (titles[index] ?? '')
    const cells = [fitText(marked, titleRoom), fitMiddle(files[index] ?? '', fileRoom)].slice(0, texts)
    const last = cells.pop() ?? ''
    table.push([...fixed.map(({ cell }) => cell(moment)), ...cells, failed ? paint.bad(last) : last])
  })
  return table.toString()
}

function fileOf({ clip }: DocumentedMoment): string {
  return clip.status === 'failed' ? `✗ ${sanitiseTerminal(clip.error.code)}` : sanitiseTerminal(clip.file)
}

/** Whoever needs less than half leaves the rest to the other. */
function share(room: number, title: number, file: number): [number, number] {
  if (title + file <= room) return [title, file]
  const half = Math.floor(room / 2)
  if (file <= half) return [room - file, file]
  if (title <= half) return [title, room - title]
  return [room - half, half]
}

const longest = (texts: string[]) => Math.max(0, ...texts.map((text) => stringWidth(text)))

function plainList(moments: DocumentedMoment[], room: number): string {
  return moments
    .map((moment) => fitText(`${moment.rank}. ${sanitiseTerminal(moment.title)}`, Math.max(1, room)))
    .join('\n')
}

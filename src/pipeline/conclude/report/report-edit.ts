import type { ClipEdit, Removal } from '../../../domain/clip.ts'
import { formatClock } from '../../../domain/time-range.ts'
import type { DocumentedMoment } from '../moments-document.ts'
import { escapeHtml } from './escape-html.ts'

const names: Record<Removal['kind'], [one: string, many: string]> = {
  words: ['stretch of words', 'stretches of words'],
  filler: ['filler', 'fillers'],
  repeat: ['repeat', 'repeats'],
  silence: ['silence', 'silences'],
}
const kinds = ['words', 'filler', 'repeat', 'silence'] as const

/** What was taken out of a clip and changed about it; empty where nothing was. */
export function reportEdit({ clip: { edit, version } }: DocumentedMoment): string {
  if (edit === null) return ''
  const { removed, corrections, notes, byHand, shortenedBy } = edit
  const lines = [
    ...(removed.length > 0
      ? [`${sayRemoved(removed)} taken out${shortenedBy > 0 ? `, ${shortenedBy.toFixed(1)} s shorter` : ''}`]
      : []),
    ...corrections.map(({ from, text }) => `“${from}” is shown as “${text}”`),
    ...notes,
  ]
  const list = lines.map((line) => `<li dir="auto">${escapeHtml(line)}</li>`).join('')
  const cuts = removed.map(({ start, text, kind }) => {
    return `<li><span dir="auto">${formatClock(start)} ${escapeHtml(text === '' ? names[kind][0] : `“${text}”`)}</span></li>`
  })
  const details =
    cuts.length === 0
      ? ''
      : `<details><summary>All that was taken out</summary><ul class="camera">${cuts.join('')}</ul></details>`
  return `<h4>${byHand ? `Edited by hand, version ${version}` : 'Tightened'}</h4><ul class="camera">${list}</ul>${details}`
}

/** `3 fillers and 5 silences`. */
export function sayRemoved(removed: NonNullable<ClipEdit['removed']>): string {
  const counts = kinds.flatMap((kind) => {
    const count = removed.filter((removal) => removal.kind === kind).length
    return count === 0 ? [] : [`${count} ${names[kind][count === 1 ? 0 : 1]}`]
  })
  const last = counts.pop() ?? ''
  return counts.length === 0 ? last : `${counts.join(', ')} and ${last}`
}

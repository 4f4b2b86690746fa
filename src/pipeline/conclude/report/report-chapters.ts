import { formatClock, type TimeRange } from '../../../domain/time-range.ts'
import type { MomentsDocument } from '../moments-document.ts'
import { escapeHtml } from './escape-html.ts'

/** The chapters of the recording in order, each with a link to its clip when it has one; nothing in other modes. */
export function reportChapters({ chapters, moments }: MomentsDocument): string {
  if (chapters.length === 0) return ''
  const lines = chapters.map(({ start, end, title }) => {
    const moment = moments.find((one) => isInside(one.span ?? one, { start, end }))
    const name = `<span dir="auto">${escapeHtml(title)}</span>`
    const what = moment === undefined ? name : `<a href="#clip-${moment.rank}">${name}</a>`
    return `<li><span class="jump">${formatClock(start)}</span> ${what}</li>`
  })
  return `<section class="note" aria-labelledby="chapters-heading"><h2 id="chapters-heading">Chapters</h2><ul class="chapters">${lines.join('')}</ul></section>`
}

function isInside(span: TimeRange, { start, end }: TimeRange): boolean {
  const middle = (span.start + span.end) / 2
  return middle >= start && middle < end
}

import { formatClock, roundToMs } from '../../../domain/time-range.ts'
import type { DocumentedMoment, DoneClip, FailedClip } from '../moments-document.ts'
import { clipTimeOf } from './clip-time-of.ts'
import { escapeHtml } from './escape-html.ts'
import { formatLength, formatScore, formatSize, formatSpan } from './format-for-people.ts'
import { relativeUrl } from './relative-url.ts'
import { reportEdit } from './report-edit.ts'

/** A line of what is said in a clip; `start` in seconds of the recording. */
export interface ExcerptLine {
  start: number
  speaker: string | null
  text: string
}

/** One clip as a card: its player, what is said, and why it was chosen. */
export function reportCard(moment: DocumentedMoment, excerpt: readonly ExcerptLine[]): string {
  const { rank, clip } = moment
  return `<article class="clip${clip.status === 'failed' ? ' is-failed' : ''}" id="clip-${rank}" tabindex="-1" aria-labelledby="title-${rank}" data-ranges="${rangesOf(moment)}" data-starts-at="${clip.status === 'done' ? clip.startsAt : 0}">
  ${clip.status === 'done' ? stage(moment, clip) : brokenStage(clip)}
  <div class="story">
    <p class="facts"><span class="rank">${rank}</span><span class="genre">${moment.genre}</span><span>${formatLength(moment)}</span><span class="where">${formatSpan(moment)}</span>${wholeSpan(moment)}</p>
    <h3 id="title-${rank}">${escapeHtml(moment.title)}</h3>
    ${moment.hook === null ? '' : `<p class="hook" dir="auto">“${escapeHtml(moment.hook)}”</p>`}
    ${clip.status === 'failed' ? failure(clip) : ''}
    ${said(moment, excerpt)}
    ${clip.status === 'done' ? files(clip) : ''}
  </div>
  <div class="why">
    ${score(moment)}
    <div>${reasons(moment)}${camera(moment)}${reportEdit(moment)}</div>
  </div>
</article>`
}

/** The answer or chapter that the clip is the best part of. */
function wholeSpan({ span }: DocumentedMoment): string {
  return span === null ? '' : `<span class="whole">from ${formatSpan(span)}</span>`
}

function stage({ rank, title }: DocumentedMoment, clip: DoneClip): string {
  const poster = clip.thumbnail === null ? '' : ` poster="${escapeHtml(relativeUrl(clip.thumbnail))}"`
  return `<div class="stage"><video controls playsinline preload="none" width="${clip.width}" height="${clip.height}"${poster} src="${escapeHtml(relativeUrl(clip.file))}" aria-label="Clip ${rank}: ${escapeHtml(title)}"></video><p class="gone" hidden>The file is no longer beside this page.</p></div>`
}

function brokenStage(clip: FailedClip): string {
  return `<div class="stage is-broken"><p><span class="cross" aria-hidden="true">✕</span>Not made<small>${escapeHtml(clip.error.code)}</small></p></div>`
}

function failure({ error }: FailedClip): string {
  const { message, hint, evidence } = error
  const lines = [
    evidence?.command === undefined ? '' : `$ ${evidence.command}`,
    evidence?.exitCode === undefined || evidence.exitCode === null ? '' : `exit status ${evidence.exitCode}`,
    evidence?.signal ? `ended by ${evidence.signal}` : '',
    evidence?.output ?? '',
  ].filter((line) => line !== '')
  const details =
    lines.length === 0
      ? ''
      : `<details><summary>What the tool said</summary><pre>${escapeHtml(lines.join('\n'))}</pre></details>`
  return `<div class="failure"><p><strong>${escapeHtml(message)}</strong></p>${hint === null ? '' : `<p>${escapeHtml(hint)}</p>`}${details}</div>`
}

function said(moment: DocumentedMoment, excerpt: readonly ExcerptLine[]): string {
  const lines = excerpt.length > 0 ? excerpt.map((line) => excerptLine(line, moment)).join('') : plainText(moment.text)
  return lines === '' ? '' : `<blockquote class="said">${lines}</blockquote>`
}

function plainText(text: string): string {
  return text.trim() === '' ? '' : `<p dir="auto">${escapeHtml(text)}</p>`
}

function excerptLine({ start, speaker, text }: ExcerptLine, { clip }: DocumentedMoment): string {
  const at = clipTimeOf(start, clip.ranges)
  const clock = formatClock(start)
  const jump =
    clip.status === 'done' && at !== null
      ? `<button type="button" class="jump" data-seek="${roundToMs(at + clip.startsAt)}" aria-label="Play from ${clock}">${clock}</button>`
      : `<span class="jump">${clock}</span>`
  const who = speaker === null ? '' : `<b>${escapeHtml(speaker)}</b> `
  return `<p class="line">${jump}<span dir="auto">${who}${escapeHtml(text)}</span></p>`
}

function files(clip: DoneClip): string {
  const link = (file: string, label: string, detail: string) =>
    `<li><a href="${escapeHtml(relativeUrl(file))}" download>${label}${detail === '' ? '' : ` <small>${detail}</small>`}</a></li>`
  const links = [
    link(clip.file, 'Video', formatSize(clip.sizeBytes)),
    clip.srt === null ? '' : link(clip.srt, 'SRT', ''),
    clip.vtt === null ? '' : link(clip.vtt, 'VTT', ''),
  ]
  const facts = [
    clip.draft ? '<strong class="bad">draft</strong>' : '',
    `${clip.width}\u00a0×\u00a0${clip.height}`,
    clip.loudness === null ? 'silent' : `${clip.loudness.toFixed(1).replace('-', '−')}\u00a0LUFS`,
    clip.reused ? 'kept from an earlier run' : '',
    clip.fastPath === null ? '' : escapeHtml(clip.fastPath.detail),
  ]
  return `<div class="files"><ul>${links.join('')}</ul><p>${facts.filter((fact) => fact !== '').join(' · ')}</p>${odd(clip.warnings)}</div>`
}

function odd(warnings: readonly string[]): string {
  return warnings.map((warning) => `<p class="note" dir="auto">${escapeHtml(warning)}</p>`).join('')
}

const howOften = 'How often people chose moments of such a score, where they could choose'

function score({ score: value, confidence }: DocumentedMoment): string {
  const often = `<p class="confidence" title="${howOften}">${sayConfidence(confidence)}</p>`
  return `<div class="score"><p><span class="number">${formatScore(value)}</span><span class="of">of 100</span></p>${bar(value, '')}${often}</div>`
}

function reasons({ reasons: list }: DocumentedMoment): string {
  if (list.length === 0) return ''
  const greatest = Math.max(...list.map(({ weight }) => Math.abs(weight)), 0.01)
  const items = list.map(({ text, weight }) => {
    const sign = weight < 0 ? '−' : '+'
    const kind = weight < 0 ? ' is-minus' : ''
    return `<li><p><span dir="auto">${escapeHtml(text)}</span><span class="weight${kind}">${sign}${formatScore(Math.abs(weight))}\u00a0%</span></p>${bar(Math.abs(weight) / greatest, kind)}</li>`
  })
  return `<h4>Why this one</h4><ul class="reasons">${items.join('')}</ul>`
}

/** Why the picture shows what it shows, each reason once. */
function camera({ clip }: DocumentedMoment): string {
  const why = [...new Set(clip.framing.map(({ reason }) => reason))].slice(0, 3)
  if (why.length === 0) return ''
  return `<h4>Picture</h4><ul class="camera">${why.map((reason) => `<li dir="auto">${escapeHtml(reason)}</li>`).join('')}</ul>`
}

function bar(share: number, kind: string): string {
  return `<svg class="bar${kind}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="fill" width="${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}" height="4"/></svg>`
}

function rangesOf({ clip }: DocumentedMoment): string {
  return clip.ranges.map(({ start, end }) => `${start}-${end}`).join(',')
}

/** A share of moments like this, as people say it: an editor replays one or two passages of an hour, so most shares are small. */
function sayConfidence(confidence: number): string {
  if (confidence >= 0.5) return `${Math.round(confidence * 10)} in 10 like it are chosen`
  return `1 in ${Math.min(100, Math.round(1 / Math.max(0.01, confidence)))} like it is chosen`
}

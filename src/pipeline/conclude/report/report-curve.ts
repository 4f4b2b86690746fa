import { formatClock, lengthOf } from '../../../domain/time-range.ts'
import type { DocumentedMoment, MomentsDocument } from '../moments-document.ts'
import { escapeHtml } from './escape-html.ts'
import { formatLength, formatScore } from './format-for-people.ts'
import { placePins } from './place-pins.ts'
import { shrinkCurve } from './shrink-curve.ts'

/** More points than this are finer than the pixels of the page. */
const mostPoints = 600
const pinHeight = 30

/**
 * The score over the whole recording, with a pin for each clip. Where things stand is in `css`, because the page's
 * content policy forbids style attributes.
 */
export function reportCurve({ recording, curve, moments }: MomentsDocument): { html: string; css: string } {
  const { duration } = recording
  if (duration <= 0 || curve.values.length === 0) return { html: '', css: '' }
  const values = shrinkCurve(curve.values, mostPoints)
  // The curve may stop short of the recording's end, or run a step beyond it.
  const reach = Math.min(1, (curve.values.length * curve.step) / duration)
  const ticks = ticksOf(duration)
  const html = `<section class="curve" aria-labelledby="curve-heading">
  <div class="curve-head">
    <h2 id="curve-heading">Where it gets good</h2>
    <p class="readout" id="readout" data-rest="The strongest moment around each point of the recording">The strongest moment around each point of the recording</p>
  </div>
  <div class="chart" id="chart" data-duration="${duration}" data-reach="${reach}" data-values="${values.map((v) => Math.round(v * 100)).join(',')}">
    <svg class="hills" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <defs><linearGradient id="fade" x1="0" y1="0" x2="0" y2="1"><stop class="fade-top" offset="0"/><stop class="fade-bottom" offset="1"/></linearGradient></defs>
      <path class="area" d="${areaPath(values, reach)}"/>
      <path class="line" d="${linePath(values, reach)}"/>
    </svg>
    <nav class="spans" aria-label="Clips on the recording">${moments.map(spanLink).join('')}</nav>
    <span class="cursor" id="cursor" hidden></span>
    <span class="playhead" id="playhead" hidden></span>
  </div>
  <div class="axis" aria-hidden="true">${ticks.map((at, i) => `<span class="tick tick-${i}">${formatClock(at)}</span>`).join('')}</div>
</section>`
  const places = ticks.map((at, i) => `.tick-${i}{left:${percent(at / duration)}}`)
  return { html, css: [...places, ...spanRules(moments, duration)].join('\n') }
}

function spanLink(moment: DocumentedMoment): string {
  const { rank, title, start, score, clip } = moment
  const what = clip.status === 'failed' ? 'failed' : `score ${formatScore(score)}`
  const tells = `${rank} · ${title} · ${formatClock(start)}, ${formatLength(moment)}, ${what}`
  return `<a class="span${clip.status === 'failed' ? ' is-failed' : ''}" id="span-${rank}" href="#clip-${rank}" aria-label="Clip ${escapeHtml(tells)}" data-tells="${escapeHtml(tells)}"><i class="pin">${rank}</i></a>`
}

/** Pins need 3 % of a wide page and 8 % of a phone to stand side by side. */
function spanRules(moments: DocumentedMoment[], duration: number): string[] {
  const positions = moments.map(({ start, end }) => (start + end) / 2 / duration)
  const wide = placePins({ positions, gap: 0.03 })
  const narrow = placePins({ positions, gap: 0.08 })
  return [
    ...moments.map((moment) => {
      const { rank, start } = moment
      return `#span-${rank}{left:${percent(start / duration)};width:${percent(lengthOf(moment) / duration)}}`
    }),
    ...laneRules(moments, wide),
    '@media (max-width:700px){',
    ...laneRules(moments, narrow),
    '}',
  ]
}

function laneRules(moments: DocumentedMoment[], lanes: number[]): string[] {
  const height = (Math.max(-1, ...lanes) + 1) * pinHeight
  return [
    `.chart{margin-top:${height + 14}px}`,
    ...moments.map(({ rank }, index) => `#span-${rank} .pin{top:${-((lanes[index] ?? 0) + 1) * pinHeight}px}`),
  ]
}

function linePath(values: number[], reach: number): string {
  const last = Math.max(1, values.length - 1)
  const points = values.map((value, index) => {
    const x = ((index / last) * 1000 * reach).toFixed(1)
    return `${x} ${(97 - 92 * Math.min(1, Math.max(0, value))).toFixed(1)}`
  })
  // One value alone is a level line.
  if (points.length === 1) points.push(`${1000 * reach} ${points[0]?.split(' ')[1]}`)
  return `M${points.join('L')}`
}

function areaPath(values: number[], reach: number): string {
  return `${linePath(values, reach)}L${1000 * reach} 100L0 100Z`
}

/** Round times, at most seven, none so far right that its label would leave the page. */
function ticksOf(duration: number): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400]
  const step = steps.find((each) => duration / each <= 6) ?? Math.ceil(duration / 6 / 3600) * 3600
  return Array.from({ length: Math.floor((duration * 0.95) / step) + 1 }, (_, index) => index * step)
}

function percent(share: number): string {
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(3)}%`
}

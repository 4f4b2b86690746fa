import { formatClock } from '../../../domain/time-range.ts'
import type { MomentsDocument } from '../moments-document.ts'
import { escapeHtml } from './escape-html.ts'

/** What the page is about and how it came to be, in sentences. */
export function reportHeader(document: MomentsDocument): string {
  const { recording, run, shortfall, moments } = document
  const warnings = [...document.warnings, ...document.transcript.warnings]
  return `<header class="top">
  <div class="bar-top"><p class="brand"><span aria-hidden="true"></span>Clipwright</p><p class="keys"><span><kbd>j</kbd> <kbd>k</kbd> next, previous</span><span><kbd>space</kbd> play</span></p><button type="button" id="theme" aria-label="Switch between light and dark">◐</button></div>
  <h1 dir="auto">${escapeHtml(recording.name)}</h1>
  <p class="lead">${countSentence(document)}</p>
  <dl class="made">
    ${fact('Recording', `${formatClock(recording.duration)}${recording.video === null ? ', sound only' : `, ${recording.video.width}\u00a0×\u00a0${recording.video.height}`}`)}
    ${fact('Looked for', `${lookedFor(run)}, ${run.min}–${run.max}\u00a0s`)}
    ${fact('Look', `${run.aspect}, ${run.captions === 'none' ? 'no captions' : `“${run.captions}” captions`}`)}
    ${fact('Found by', escapeHtml(foundBy(document)))}
    ${fact('Words from', escapeHtml(wordsFrom(document)))}
  </dl>
  ${moments.length > 0 && shortfall !== null ? `<p class="note">${escapeHtml(shortfall)}</p>` : ''}
  ${warnings.length === 0 ? '' : `<details class="note"><summary>${warnings.length === 1 ? 'One thing was' : `${warnings.length} things were`} odd</summary><ul>${warnings.map((each) => `<li dir="auto">${escapeHtml(each)}</li>`).join('')}</ul></details>`}
</header>`
}

// Whoever wants to know what was said wants it as it was said.
const inOrderOfTime: readonly string[] = ['summary', 'chapters']

function countSentence({ moments, run }: MomentsDocument): string {
  const failed = moments.filter(({ clip }) => clip.status === 'failed').length
  const done = moments.length - failed
  if (moments.length === 0) return 'No clips this time.'
  const made =
    done === 0
      ? 'No clip could be made'
      : `${done} ${done === 1 ? 'clip' : 'clips'}, ${inOrderOfTime.includes(run.mode) ? 'in order of time' : 'the best first'}`
  return failed === 0 ? `${made}.` : `${made}. <strong class="bad">${failed} of ${moments.length} failed.</strong>`
}

function lookedFor({ mode, query }: MomentsDocument['run']): string {
  return query === null ? mode : `“${escapeHtml(query)}”`
}

function foundBy({ detector }: MomentsDocument): string {
  const means = {
    llm: 'language model',
    'local-model': 'local model',
    ranker: 'built-in ranker',
    signals: 'sound and picture alone',
  }[detector.rung]
  return `${means} (${detector.name} ${detector.version})`
}

function wordsFrom({ transcript: { origin, language } }: MomentsDocument): string {
  const means = {
    given: 'the transcript you gave',
    sidecar: 'the transcript beside it',
    platform: 'where it comes from',
    embedded: 'its subtitle track',
    local: 'speech recognition on this machine',
    cloud: 'speech recognition in the cloud',
    none: 'none',
  }[origin.kind]
  return `${means}: ${origin.name}${language === null ? '' : ` (${language})`}`
}

/** `value` is HTML. */
function fact(name: string, value: string): string {
  return `<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>`
}

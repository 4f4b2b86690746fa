// Run after a change of how words are found in the sound (src/pipeline/transcribe/align); two minutes. Wants espeak-ng; festival
// with festvox-kallpc16k and festvox-us-slt-hts for synthetic speech, CLIPWRIGHT_TEST_MEDIA for people. --tiny: a tenth of it.

import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { espeak } from '../src/adapters/speech-synthesisers/espeak.ts'
import { findEspeak } from '../src/adapters/speech-synthesisers/find-espeak.ts'
import { seededRandom } from '../src/domain/seeded-random.ts'
import { createMedia } from '../src/media/create-media.ts'
import { findMediaTools } from '../src/media/find-media-tools.ts'
import { measureLoudness } from '../src/pipeline/analyze/measure-loudness.ts'
import { alignCues } from '../src/pipeline/transcribe/align/align-cues.ts'
import { applyAlignment } from '../src/pipeline/transcribe/align/apply-alignment.ts'
import type { Cue } from '../src/pipeline/transcribe/transcriber.ts'
import { estimateWordTimes } from '../src/pipeline/transcribe/words/estimate-word-times.ts'
import { joinWords } from '../src/pipeline/transcribe/words/split-text-into-words.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { demoSentences, festivalRecording, filtered, type TimedRecording } from './support/festival-recording.ts'
import { knownRecordings } from './support/known-word-times.ts'
import { percentile } from './support/statistics.ts'

const { tiny } = benchOptions({ rounds: 1 })
const program = await findEspeak(undefined)
if (program === null) throw new Error('espeak-ng is not installed.')
const synthesiser = espeak(program)
const media = createMedia({ tools: await findMediaTools({}) })
const folder = await mkdtemp(join(tmpdir(), 'clipwright-word-times-'))
const noise = 'anoisesrc=color=pink:amplitude=0.06:seed=1[n];[0:a][n]amix=inputs=2:duration=first:normalize=0'
const room = 'aecho=0.8:0.7:23|41|67|97|151:0.35|0.3|0.24|0.18|0.1'
const telephone = 'highpass=f=300,lowpass=f=3400'
const totals = { cpu: 0, sound: 0 }

console.log(await describeMachine(), `· ${synthesiser.fingerprint}`)
console.log('\n| speech | captions | words | estimate, median | 95 % | aligned, median | 95 % | of them unsure |')
console.log('|---|---|---|---|---|---|---|---|')
try {
  const sets = recordings()
  for (const { name, all } of sets) {
    for (const shift of [0, 1, -1]) await measure(name, shift, all)
  }
  console.log('\n| captions that are wrong | captions | believed |')
  console.log('|---|---|---|')
  for (const { name, all } of sets) await measureWrong(name, all)
} finally {
  await rm(folder, { recursive: true, force: true })
}
console.log(`\n${((totals.cpu / totals.sound) * 3600).toFixed(0)} s of our own processor time for an hour of sound.`)

function recordings(): { name: string; all: TimedRecording[] }[] {
  const sets: { name: string; all: TimedRecording[] }[] = []
  const people = process.env['CLIPWRIGHT_TEST_MEDIA']
  if (people) sets.push({ name: 'six recordings of people', all: knownRecordings(people) })
  else console.log('(CLIPWRIGHT_TEST_MEDIA is not set: no recordings of people)')
  try {
    execFileSync('festival', ['--version'])
  } catch {
    console.log('(festival is not installed: no synthetic speech)')
    return sets
  }
  const sentences = demoSentences().slice(0, tiny ? 12 : 120)
  for (const voice of ['kal_diphone', 'cmu_us_slt_arctic_hts']) {
    const clean = festivalRecording({ voice, sentences, folder })
    sets.push({ name: voice, all: [clean] })
    sets.push({ name: `${voice}, noise at 10 dB`, all: [filtered(clean, 'noise', noise)] })
    sets.push({ name: `${voice}, in a room`, all: [filtered(clean, 'room', room)] })
    sets.push({ name: `${voice}, telephone`, all: [filtered(clean, 'phone', telephone)] })
  }
  return sets
}

function cuesOf({ captions }: TimedRecording, shift: number): Cue[] {
  const random = seededRandom(3)
  return captions.map((words) => {
    const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0]
    const text = joinWords(words)
    // As people set them: a little early, and left standing a little.
    return {
      start: Math.max(0, start + shift - 0.2 * random()),
      end: end + shift + 0.3 * random(),
      text,
      speaker: null,
      words: null,
    }
  })
}

async function align({ path, cues, counts }: { path: string; cues: Cue[]; counts: boolean }) {
  const info = await media.probe(path)
  const { silences } = await measureLoudness({ media, path, info })
  const signal = new AbortController().signal
  const startedAt = process.cpuUsage()
  const inside = cues.map((cue, i) => ({ ...cue, end: Math.min(cue.end, cues[i + 1]?.start ?? info.duration) }))
  const heard = await alignCues({
    ...{ cues: inside, language: 'en', silences, path, info, media, synthesiser, folder, signal },
    onProgress: () => undefined,
  })
  const { user, system } = process.cpuUsage(startedAt)
  if (counts) {
    totals.cpu += (user + system) / 1e6
    totals.sound += info.duration
  }
  const estimate = (cue: Cue) => cue.words ?? estimateWordTimes(cue, { language: 'en', silences })
  return { heard, aligned: applyAlignment(inside, heard).map(estimate), estimated: inside.map(estimate) }
}

async function measure(name: string, shift: number, all: TimedRecording[]): Promise<void> {
  const errors = { estimated: [] as number[], aligned: [] as number[] }
  let [captions, unsure] = [0, 0]
  for (const recording of all) {
    const found = await align({
      path: recording.path,
      cues: cuesOf(recording, shift),
      counts: name.endsWith('_diphone') || name.endsWith('_hts'),
    })
    captions += found.heard.length
    unsure += found.heard.filter((cue) => cue === null).length
    for (const [c, words] of recording.captions.entries()) {
      for (const [w, { start }] of words.entries()) {
        errors.estimated.push(Math.abs((found.estimated[c]?.[w]?.start ?? 0) - start))
        errors.aligned.push(Math.abs((found.aligned[c]?.[w]?.start ?? 0) - start))
      }
    }
  }
  const ms = (values: number[], percent: number) => `${Math.round(percentile(values, percent) * 1000)} ms`
  const { estimated, aligned } = errors
  const when = shift === 0 ? 'in time' : `${Math.abs(shift)} s ${shift > 0 ? 'late' : 'early'}`
  const cells = [ms(estimated, 50), ms(estimated, 95), ms(aligned, 50), ms(aligned, 95), `${unsure} of ${captions}`]
  console.log(`| ${[name, when, aligned.length, ...cells].join(' | ')} |`)
}

/** Every caption says what is said somewhere else: none should be believed. */
async function measureWrong(name: string, all: TimedRecording[]): Promise<void> {
  const texts = all.flatMap((recording) => cuesOf(recording, 0).map(({ text }) => text))
  let [captions, believed, at] = [0, 0, Math.floor(texts.length / 2)]
  for (const recording of all) {
    const cues = cuesOf(recording, 0).map((cue) => ({ ...cue, text: texts[at++ % texts.length] ?? '' }))
    const { heard } = await align({ path: recording.path, cues, counts: false })
    captions += heard.length
    believed += heard.filter((cue) => cue !== null).length
  }
  console.log(`| ${name} | ${captions} | ${believed} |`)
}

// Run after a change of taste or of a ranker: what verdicts of simulated people do to the picks, on recordings they have not judged. Some minutes.
//   node training/simulate-feedback.ts FOLDER [--detector hand-set@2] [--draws 8] [--first 0] [--json]
// FOLDER holds labelled recordings (*.jsonl). Printed: differences to the same detector without taste, paired, with 95 % intervals for which both
// recordings and draws of verdicts are drawn (pigeonhole bootstrap, Owen 2007): other recordings, and other people.

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { RankedMode } from '../src/domain/moment.ts'
import { seededRandom } from '../src/domain/seeded-random.ts'
import type { Estimate } from '../src/evaluation/bootstrap.ts'
import { matches, measureClips } from '../src/evaluation/clip-measures.ts'
import { type LabelledRecording, readLabelledSet, segmentsOf } from '../src/evaluation/labelled-recording.ts'
import { calibrate } from '../src/pipeline/detect/calibrate.ts'
import type { FeatureName } from '../src/pipeline/detect/features/features.ts'
import type { FeaturedCandidate, Ranker } from '../src/pipeline/detect/ranker.ts'
import type { RecordingFacts } from '../src/pipeline/detect/recording-facts.ts'
import { select } from '../src/pipeline/detect/select.ts'
import { learnTaste } from '../src/pipeline/detect/taste/learn-taste.ts'
import type { Taste, VerdictGiven } from '../src/pipeline/detect/taste/taste.ts'
import { withTaste } from '../src/pipeline/detect/taste/with-taste.ts'
import { findDetector, rankerOf, standardDetector } from '../src/pipeline/detect/versions/detectors.ts'
import { weighRecording } from '../src/pipeline/detect/weigh-recording.ts'

// The last one: a library whose people like what makes others laugh, and who ask for summaries. There is much to learn.
const sets: { name: string; mode: RankedMode }[] = [
  { name: 'changelog-reactions', mode: 'viral' },
  { name: 'changelog-editor-picks', mode: 'highlights' },
  { name: 'qmsum', mode: 'summary' },
  { name: 'changelog-reactions', mode: 'summary' },
]
const sizes = [10, 30, 100]
// What a run makes unless asked for more.
const picked = 8
// Few people judge all clips of a recording.
const usuallyJudged = 2
const measures = ['lift@5', 'P@5', 'R@5'] as const

// Of the bootstrap.
const resamples = 1000

/** How simulated people judge a pick, given whether a label says it is good and how often that is so. */
const people = {
  honest: (good: boolean) => good,
  'one in five wrong': (good: boolean, random: () => number) => (random() < 0.2 ? !good : good),
  'at random': (_good: boolean, random: () => number, rate: number) => random() < rate,
  opposite: (good: boolean) => !good,
} satisfies Record<string, (good: boolean, random: () => number, rate: number) => boolean>
type Person = keyof typeof people

interface Prepared {
  labelled: LabelledRecording
  facts: RecordingFacts
  candidates: readonly (FeaturedCandidate & { fit: boolean })[]
  /** Without taste. */
  base: Picked
}

interface Picked {
  picks: FeaturedCandidate[]
  scores: Record<(typeof measures)[number], number>
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    detector: { type: 'string', default: standardDetector },
    draws: { type: 'string', default: '8' },
    // Other draws than those that settings were tried on.
    first: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
})
const [folder] = positionals
if (folder === undefined) throw new Error('Name the folder with the labelled recordings.')
const ranker = rankerOf({ detector: findDetector(values.detector) })
const results = []
if (!values.json) printHead()
for (const { name, mode } of sets) {
  const recordings = (await readLabelledSet(join(folder, `${name}.jsonl`))).filter(({ labels }) => labels.length > 0)
  const prepared = recordings.map((labelled) => prepare(labelled, mode))
  for (const person of Object.keys(people) as Person[]) {
    for (const size of sizes) {
      const result = { set: name, mode, person, size, ...simulate(prepared, { mode, person, size }) }
      results.push(result)
      if (!values.json) printRow(result)
    }
  }
}
const own = await simulateOwnTastes()
if (values.json) console.log(JSON.stringify({ detector: ranker.detector, results, own }, null, 2))

/** People who keep what has more of one thing than the other clips have, whatever the labels say: how much more of it do they get? */
async function simulateOwnTastes() {
  const { name, mode } = sets[0] ?? { name: '', mode: 'viral' as const }
  const prepared = (await readLabelledSet(join(folder ?? '', `${name}.jsonl`))).map((labelled) =>
    prepare(labelled, mode),
  )
  const found = []
  if (!values.json)
    console.log(
      '\n| likes | verdicts | learned | of it in the best five, deviations | lift@5 of laughter |\n|---|---|---|---|---|',
    )
  for (const feature of ['specifics', 'questionAnswer', 'emotion', 'humour'] as const) {
    for (const size of sizes) {
      const row = { feature, size, ...simulateOwnTaste(prepared, { feature, size, mode }) }
      found.push(row)
      if (!values.json)
        console.log(
          `| ${feature} | ${size} | ${percent(row.learned)} | ${inWords(row.difference)} | ${inWords(row.lift)} |`,
        )
    }
  }
  return found
}

interface OwnTaste {
  feature: FeatureName
  size: number
  mode: RankedMode
}

function simulateOwnTaste(prepared: readonly Prepared[], { feature, size, mode }: OwnTaste) {
  const valueOf = ({ features }: FeaturedCandidate) => features[feature] ?? 0.5
  const usual = mean(prepared.flatMap(({ base }) => base.picks.map(valueOf)))
  const amount = (picks: readonly FeaturedCandidate[]) => 8 * mean(picks.slice(0, 5).map(valueOf))
  const samples: Sample[] = []
  const costs: Sample[] = []
  let [learned, tastes] = [0, 0]
  for (const { draw, judged, others, random } of halves(prepared)) {
    const verdicts = judge(judged, { size, random, likes: (pick) => valueOf(pick) > usual })
    const taste = learnTaste(verdicts)
    const leaning = withTaste(ranker, taste)
    tastes++
    if (taste.leanings.length > 0) learned++
    for (const other of others) {
      const { picks, scores } = pick(other, leaning, mode)
      const recording = other.labelled.id
      samples.push({ draw, recording, value: amount(picks) - amount(other.base.picks) })
      costs.push({ draw, recording, value: scores['lift@5'] - other.base.scores['lift@5'] })
    }
  }
  return { learned: learned / tastes, difference: crossed(samples), lift: crossed(costs) }
}

interface Sample {
  draw: number
  recording: string
  value: number
}

/** The mean with a 95 % percentile interval, draws and recordings both drawn anew. Every draw has every recording once. */
function crossed(samples: readonly Sample[]): Estimate {
  const recordings = [...new Set(samples.map(({ recording }) => recording))]
  const rows = [...Map.groupBy(samples, ({ draw }) => draw).values()].map((row) => {
    const values = new Map(row.map(({ recording, value }) => [recording, value]))
    return recordings.map((recording) => values.get(recording) ?? 0)
  })
  const random = seededRandom(7)
  const anew = (length: number) => Array.from({ length }, () => Math.floor(random() * length))
  const means = Array.from({ length: resamples }, () => {
    const columns = anew(recordings.length)
    return mean(anew(rows.length).map((row) => mean(columns.map((column) => rows[row]?.[column] ?? 0))))
  }).sort((a, b) => a - b)
  const at = (share: number) => means[Math.min(resamples - 1, Math.floor(share * resamples))] ?? 0
  return { mean: mean(rows.map(mean)), low: at(0.025), high: at(0.975) }
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length)
}

/** What is the same for every taste is done once. */
function prepare(labelled: LabelledRecording, mode: RankedMode): Prepared {
  let seen: (Pick<Prepared, 'facts'> & { candidates: readonly FeaturedCandidate[] }) | undefined
  const spy: Ranker = {
    ...ranker,
    score(candidates, { recording }) {
      seen = { facts: recording, candidates }
      return candidates.map(() => 0)
    },
  }
  const { scored } = weighRecording({
    segments: segmentsOf(labelled),
    duration: labelled.duration,
    analysis: null,
    settings: { mode, count: 1, minSeconds: 12, maxSeconds: 60 },
    ranker: spy,
  })
  if (seen === undefined) throw new Error(`${labelled.id} has no candidates`)
  const candidates = seen.candidates.map((candidate, i) => ({ ...candidate, fit: scored[i]?.fit ?? true }))
  const bare = { labelled, facts: seen.facts, candidates }
  return { ...bare, base: pick(bare, ranker, mode) }
}

/** The picks of a ranker, placed but not framed: where from and where to is not what taste is about. */
function pick({ labelled, facts, candidates }: Omit<Prepared, 'base'>, by: Ranker, mode: RankedMode): Picked {
  const scores = calibrate(by.score(candidates, { mode, recording: facts }))
  const sentences = ({ firstSentence, lastSentence }: FeaturedCandidate) => ({
    first: firstSentence,
    last: lastSentence,
  })
  const picks = select({
    candidates: candidates.map((candidate, i) => ({ ...candidate, score: scores[i] ?? 0 })),
    count: picked,
    floor: 3,
    mode,
    similarity: (a, b) => facts.topics.similarity(sentences(a), sentences(b)),
    frame: (candidate) => candidate,
  }).map(({ candidate }) => candidate)
  const predicted = picks.map(({ start, end }) => ({ start, end }))
  return {
    picks,
    scores: measureClips({ predicted, labels: labelled.labels, duration: labelled.duration, task: 'clips' }),
  }
}

interface Simulation {
  mode: RankedMode
  person: Person
  size: number
}

interface Simulated {
  /** With taste less without, mean over draws for each recording, then over recordings. */
  differences: Record<(typeof measures)[number], Estimate>
  /** In how many of the draws anything was learned. */
  learned: number
  /** Of the verdicts that were given, how many were kept. */
  kept: number
}

/** Half of the recordings are judged, the other half is picked from; both ways, several draws. */
function simulate(prepared: readonly Prepared[], { mode, person, size }: Simulation): Simulated {
  const samples = Object.fromEntries(measures.map((name) => [name, [] as Sample[]])) as Record<
    (typeof measures)[number],
    Sample[]
  >
  let [learned, tastes, kept, given] = [0, 0, 0, 0]
  const all = prepared.flatMap(({ labelled, base }) => base.picks.map((pick) => isGood(pick, labelled)))
  const rate = all.filter(Boolean).length / all.length
  for (const { draw, judged, others, random } of halves(prepared)) {
    const verdicts = judge(judged, {
      size,
      random,
      likes: (pick, labelled) => people[person](isGood(pick, labelled), random, rate),
    })
    const taste = learnTaste(verdicts)
    const leaning = withTaste(ranker, taste)
    tastes++
    if (taste.leanings.length > 0) learned++
    given += verdicts.length
    kept += verdicts.filter(({ verdict }) => verdict.kind === 'keep').length
    for (const recording of others) collect(draw, recording, { taste, leaning })
  }
  return {
    differences: Object.fromEntries(measures.map((name) => [name, crossed(samples[name])])) as Simulated['differences'],
    learned: learned / tastes,
    kept: kept / given,
  }

  function collect(draw: number, recording: Prepared, { taste, leaning }: { taste: Taste; leaning: Ranker }): void {
    const scores = taste.leanings.length === 0 ? recording.base.scores : pick(recording, leaning, mode).scores
    for (const name of measures) {
      samples[name].push({ draw, recording: recording.labelled.id, value: scores[name] - recording.base.scores[name] })
    }
  }
}

function isGood(pick: FeaturedCandidate, { labels }: LabelledRecording): boolean {
  return labels.some((label) => matches(pick, label))
}

/** The same halves for every person and number of verdicts, so that they can be compared. */
function* halves(prepared: readonly Prepared[]) {
  for (let draw = 0; draw < Number(values.draws); draw++) {
    const random = seededRandom(1000 * (Number(values.first) + draw) + 17)
    const order = shuffled(prepared, random)
    const middle = Math.floor(order.length / 2)
    yield { draw, judged: order.slice(0, middle), others: order.slice(middle), random }
    yield { draw, judged: order.slice(middle), others: order.slice(0, middle), random }
  }
}

interface Judging {
  size: number
  random: () => number
  likes: (pick: FeaturedCandidate, labelled: LabelledRecording) => boolean
}

function judge(recordings: readonly Prepared[], { size, random, likes }: Judging): VerdictGiven[] {
  const each = Math.max(usuallyJudged, Math.ceil(size / recordings.length))
  const judged = recordings.flatMap(({ labelled, base }) =>
    shuffled(base.picks, random)
      .slice(0, each)
      .map((pick) => ({ labelled, pick })),
  )
  return judged.slice(0, size).map(({ labelled, pick }) => ({
    recordingId: labelled.id,
    span: { start: pick.start, end: pick.end },
    features: { ...pick.features },
    verdict: { kind: likes(pick, labelled) ? 'keep' : 'discard' },
    by: 'somebody',
  }))
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value)
}

function printHead(): void {
  console.log(`${ranker.detector.name} ${ranker.detector.version}, ${values.draws} draws of halves, both ways\n`)
  console.log(
    `| set | mode | person | verdicts | kept | learned | ${measures.join(' | ')} |\n|---|---|---|---|---|---|${'---|'.repeat(measures.length)}`,
  )
}

function printRow(row: Simulation & Simulated & { set: string }): void {
  const cells = measures.map((name) => inWords(row.differences[name]))
  console.log(
    `| ${row.set} | ${row.mode} | ${row.person} | ${row.size} | ${percent(row.kept)} | ${percent(row.learned)} | ${cells.join(' | ')} |`,
  )
}

function inWords({ mean, low, high }: Estimate): string {
  const said = [mean, low, high].map((value) => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(3)}`)
  return `${said[0]} [${said[1]}, ${said[2]}]`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

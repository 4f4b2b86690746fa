// Run to train the rankers anew: node training/train-rankers.ts DATA_FOLDER. Three minutes of processor time. DATA_FOLDER holds labelled recordings (dev/*.jsonl).
// Writes src/pipeline/detect/weights/ and the plot in benchmarks/, prints what benchmarks/detect-quality.md tells.
// The same data give the same weights. --quick: only the weights.

import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { RankedMode } from '../src/domain/moment.ts'
import { seededRandom } from '../src/domain/seeded-random.ts'
import { matches } from '../src/evaluation/clip-measures.ts'
import { handSetRanker } from '../src/pipeline/detect/hand-set-ranker.ts'
import type { Ranker } from '../src/pipeline/detect/ranker.ts'
import type { RankingModel } from '../src/pipeline/detect/ranking-model.ts'
import { rankerFrom } from '../src/pipeline/detect/trained-ranker.ts'
import { capture, detect } from './rankers/capture.ts'
import { candidateCeiling, inBestOrder } from './rankers/ceilings.ts'
import { transcriptChanges, withoutStyle } from './rankers/change-transcript.ts'
import { fitChances, type Verdict } from './rankers/fit-chances.ts'
import { SignNumbers, sentenceEndsOf } from './rankers/fit-words.ts'
import { foldsOf } from './rankers/folds.ts'
import { type Labelled, readLabelled } from './rankers/labelled.ts'
import { printHeading, printRow } from './rankers/print-measures.ts'
import { type Reliability, reliabilityOf, reliabilityPlot } from './rankers/reliability.ts'
import { byExchange, compareClips, type Scored, scoreClips } from './rankers/score-clips.ts'
import { type BareModel, type Sample, trainOnPicks, trainOnReactions } from './rankers/train-models.ts'

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, date: { type: 'string' } },
})
const [data] = positionals
if (data === undefined) throw new Error('Usage: node training/train-rankers.ts DATA_FOLDER')
const root = join(import.meta.dirname, '..')
const files = ['changelog-reactions', 'talks-reactions', 'changelog-editor-picks']
const [podcasts = [], talks = [], picks = []] = await Promise.all(
  files.map((name) => readLabelled(join(data, 'dev', `${name}.jsonl`))),
)
const folds = foldsOf([...podcasts, ...talks, ...picks].map(({ id }) => id))
const foldOf = ({ id }: Labelled) => folds.get(id) ?? 0
const everyFold = [0, 1, 2, 3, 4]

// Captured as a machine would write it, so that nothing is learnt of a transcriber's style.
const numbers = new SignNumbers()
const toSample = (recording: Labelled): Sample => {
  const captured = capture(withoutStyle(recording))
  return { ...captured, ends: sentenceEndsOf(captured, numbers) }
}
const reactionSamples = [...podcasts, ...talks].map(toSample)
const pickSamples = picks.map((recording) => capture(withoutStyle(recording)))
const started = Date.now()
const note = (text: string) => console.error(`${((Date.now() - started) / 1000).toFixed(0)} s: ${text}`)
note('read')

const outOfFold = everyFold.map((fold) =>
  trainOnReactions({ samples: reactionSamples.filter(({ labelled }) => foldOf(labelled) !== fold), numbers }),
)
const onAll = trainOnReactions({ samples: reactionSamples, numbers })
const picksOutOfFold = everyFold.map((fold) =>
  trainOnPicks(
    pickSamples.filter(({ labelled }) => foldOf(labelled) !== fold),
    onAll.words,
  ),
)
note('trained')

const viralFor = (recording: Labelled) => bare(outOfFold[foldOf(recording)])
const highlightsFor = (recording: Labelled) => bare(picksOutOfFold[foldOf(recording)])
const reactionResults = resultsOf(podcasts.map(withoutStyle), 'viral', viralFor)
const pickResults = resultsOf(picks.map(withoutStyle), 'highlights', highlightsFor)
const verdicts = { viral: verdictsOf(reactionResults), highlights: verdictsOf(pickResults) }

await save('viral', onAll, ['changelog-reactions', 'talks-reactions'])
await save('highlights', trainOnPicks(pickSamples, onAll.words), ['changelog-editor-picks', 'changelog-reactions'])
note('saved')
if (!options.quick) await report()

function bare(model: BareModel | undefined): Ranker {
  if (model === undefined) throw new Error('no model')
  const whole: RankingModel = { ...model, licence: '', attribution: '', trained: '', data: {}, chances: [] }
  return rankerFrom(() => whole)
}

function resultsOf(
  recordings: readonly Labelled[],
  mode: RankedMode,
  rankerFor: (recording: Labelled) => Ranker,
): Scored[] {
  return recordings.map((recording) => ({
    recording,
    clips: detect(recording, mode, rankerFor(recording)).moments.map(({ start, end, score }) => ({
      start,
      end,
      score,
    })),
  }))
}

interface FoldVerdict extends Verdict {
  fold: number
}

function verdictsOf(results: readonly Scored[]): FoldVerdict[] {
  return results.flatMap(({ recording, clips }) =>
    clips.map((clip) => ({
      score: clip.score,
      isHit: recording.labels.some((label) => matches(clip, label)),
      fold: foldOf(recording),
    })),
  )
}

async function save(mode: 'viral' | 'highlights', model: BareModel, names: readonly string[]): Promise<void> {
  const hashes = await Promise.all(
    names.map(async (name) => {
      const hash = createHash('sha256').update(await readFile(join(data ?? '', 'dev', `${name}.jsonl`)))
      return [name, hash.digest('hex').slice(0, 16)] as const
    }),
  )
  const document: RankingModel = {
    licence: 'CC BY-SA 4.0',
    attribution:
      'Learnt from transcripts of thechangelog/transcripts, copyright Changelog Media LLC and Grafana Labs, CC BY-SA 4.0 (changed: weights of words and counts), and of GCNP/google-video-captions, CC0 1.0.',
    trained: options.date ?? new Date().toISOString().slice(0, 10),
    data: Object.fromEntries(hashes),
    ...model,
    chances: fitChances(verdicts[mode]),
  }
  const text = JSON.stringify(document).replace(/,"(words|shapes|weights|chances)":/g, ',\n"$1":')
  await writeFile(join(root, 'src/pipeline/detect/weights', `${mode}.json`), `${text}\n`)
  console.log(`${mode}.json: ${(text.length / 1000).toFixed(0)} kB, ${Object.keys(model.words.words).length} words`)
}

async function report(): Promise<void> {
  const byHand = () => handSetRanker
  const exchange = byExchange(podcasts)
  printHeading('Viral, changelog-reactions')
  row('trained, without style', reactionResults)
  compareRow('… less exchange', reactionResults, exchange)
  const handSet = resultsOf(podcasts.map(withoutStyle), 'viral', byHand)
  row('hand-set, without style (in sample)', handSet)
  compareRow('trained less hand-set', reactionResults, handSet)
  row('exchange', exchange)
  const raw = resultsOf(podcasts, 'viral', viralFor)
  row('trained, as transcribed', raw)
  compareRow('… less exchange', raw, exchange)
  row('hand-set, as transcribed (in sample)', resultsOf(podcasts, 'viral', byHand))
  for (const [name, change] of transcriptChanges) {
    const changed = podcasts.map(change)
    const trained = resultsOf(changed, 'viral', viralFor)
    const lower = resultsOf(changed, 'viral', byHand)
    row(`trained, ${name}`, trained)
    row(`hand-set, ${name}`, lower)
    compareRow('difference', trained, lower)
  }
  note('robustness')

  printHeading('Viral, talks-reactions (no speakers)')
  const talkResults = resultsOf(talks, 'viral', viralFor)
  row('trained', talkResults)
  row('hand-set', resultsOf(talks, 'viral', byHand))
  row('exchange', byExchange(talks))
  const podcastsOnly = bare(
    trainOnReactions({ samples: reactionSamples.filter(({ facts }) => facts.hasSpeakers), numbers }),
  )
  row(
    'trained on podcasts only',
    resultsOf(talks, 'viral', () => podcastsOnly),
  )
  note('talks')

  printHeading('Highlights, changelog-editor-picks')
  for (const [name, keep] of [
    ['all', () => true],
    ['without unpopular', (kind: string) => !kind.includes('unpopular')],
  ] as const) {
    const kept = (results: readonly Scored[]) =>
      results.flatMap(({ recording, clips }) => {
        const labels = recording.labels.filter(({ kind }) => keep(kind))
        return labels.length === 0 ? [] : [{ recording: { ...recording, labels }, clips }]
      })
    const chosen = kept(pickResults)
    const others = kept(byExchange(picks))
    const lower = kept(resultsOf(picks.map(withoutStyle), 'highlights', byHand))
    row(`trained, ${name}`, chosen)
    row(`hand-set, ${name} (in sample)`, lower)
    row(`exchange, ${name}`, others)
    compareRow('trained less exchange', chosen, others)
    compareRow('trained less hand-set', chosen, lower)
    if (name === 'all') row('trained, as transcribed', resultsOf(picks, 'highlights', highlightsFor))
  }
  note('highlights')

  printHeading('Leave one show out, viral')
  const shows = [...new Set(podcasts.map(({ show }) => show))].sort()
  const left: Scored[] = []
  for (const show of shows) {
    const model = bare(
      trainOnReactions({
        samples: reactionSamples.filter(({ labelled }) => labelled.show !== show),
        numbers,
        needs: [['words', 'speakers']],
      }),
    )
    const results = resultsOf(
      podcasts.filter((recording) => recording.show === show).map(withoutStyle),
      'viral',
      () => model,
    )
    row(`${show} (${results.length})`, results)
    left.push(...results)
  }
  row('all', left)
  compareRow(
    'all less exchange',
    left,
    byExchange(left.map(({ recording }) => podcasts.find(({ id }) => id === recording.id) ?? recording)),
  )
  note('shows')

  printHeading('Learning curve, viral')
  for (const share of [0.1, 0.25, 0.5, 1]) {
    const results = everyFold.flatMap((fold) => {
      const others = reactionSamples.filter(({ labelled, facts }) => foldOf(labelled) !== fold && facts.hasSpeakers)
      const some = shuffled(others).slice(0, Math.round(share * others.length))
      const model = bare(
        share === 1 ? outOfFold[fold] : trainOnReactions({ samples: some, numbers, needs: [['words', 'speakers']] }),
      )
      return resultsOf(
        podcasts.filter((recording) => foldOf(recording) === fold).map(withoutStyle),
        'viral',
        () => model,
      )
    })
    row(`${share * 100} % of the recordings`, results)
  }
  note('curve')

  printCeilings()
  const reliabilities = [chancesTested('viral'), chancesTested('highlights')]
  await writeFile(
    join(root, 'benchmarks', 'detect-reliability.svg'),
    reliabilityPlot(reliabilities.map(({ title, groups }) => ({ title, groups }))),
  )
}

function shuffled<T>(list: readonly T[]): T[] {
  const random = seededRandom(5)
  return list
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

function printCeilings(): void {
  for (const [name, samples, results] of [
    ['viral', reactionSamples.filter(({ facts }) => facts.hasSpeakers), reactionResults],
    ['highlights', pickSamples, pickResults],
  ] as const) {
    const { match, half, most } = candidateCeiling(samples)
    const shares = [match, half, most].map((share) => share.toFixed(3))
    console.log(`\n${name}: labels that a candidate matches ${shares[0]}, with IoU 0.5 ${shares[1]}, 0.7 ${shares[2]}`)
    printHeading(`${name}, the twenty chosen in the best order`)
    row('ceiling', inBestOrder(results))
  }
}

/** Each fold's moments with chances learnt from the other folds. */
function chancesTested(mode: 'viral' | 'highlights'): Reliability & { title: string } {
  const all = verdicts[mode]
  const tested = everyFold.flatMap((fold) => {
    const chances = fitChances(all.filter((verdict) => verdict.fold !== fold))
    const ranker = rankerFrom(() => ({
      words: { base: 0, words: {}, shapes: {} },
      weights: [],
      licence: '',
      attribution: '',
      trained: '',
      data: {},
      chances,
    }))
    return all
      .filter((verdict) => verdict.fold === fold)
      .map(({ score, isHit }) => ({ chance: ranker.chance?.(score, { mode } as never) ?? 0, isHit }))
  })
  const found = reliabilityOf(tested)
  console.log(
    `\n### Reliability, ${mode}: mean distance ${found.error.toFixed(3)}, Brier ${found.brier.toFixed(3)} (always the mean: ${found.brierOfMean.toFixed(3)})`,
  )
  console.log(
    `| given | ${found.groups.map(({ given }) => given.toFixed(2)).join(' | ')} |\n|---|${'---|'.repeat(found.groups.length)}`,
  )
  console.log(`| seen | ${found.groups.map(({ seen }) => seen.toFixed(2)).join(' | ')} |`)
  return { ...found, title: mode }
}

function row(name: string, results: readonly Scored[]): void {
  printRow(name, scoreClips(results))
}

function compareRow(name: string, results: readonly Scored[], others: readonly Scored[]): void {
  printRow(name, compareClips(results, others))
}

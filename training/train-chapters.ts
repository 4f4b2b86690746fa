// Run after a change of what is measured for chapters: learns where they begin and writes src/pipeline/detect/weights/chapters.json. Five minutes.
//   node training/train-chapters.ts DATA_FOLDER        (dev/qmsum.jsonl is in it)
// With --by-series it writes nothing, and prints how well it does where no meeting of the same people was learnt from.

import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { borderF1 } from '../src/evaluation/chapter-measures.ts'
import { evaluateSet } from '../src/evaluation/evaluate-set.ts'
import { asMarkdown, evaluationTable } from '../src/evaluation/evaluation-tables.ts'
import { chapterModel, findBorders } from '../src/pipeline/detect/chapters/chapter-model.ts'
import { borderFeatures } from '../src/pipeline/detect/chapters/measure-borders.ts'
import { readRecording } from '../src/pipeline/detect/read-recording.ts'
import { fitBorders } from './chapters/fit-borders.ts'
import { folds, type Meeting, readMeetings, seriesOf, usualLimits } from './query/read-meetings.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'by-series': { type: 'boolean', default: false } },
})
const [data] = positionals
const bySeries = values['by-series']
if (data === undefined) throw new Error('the folder with the labelled recordings is missing')

const about = {
  name: 'chapters',
  version: '1',
  licence: 'MIT; CC BY 4.0',
  attribution:
    'Trained on QMSum (MIT, copyright 2021 Yale-LILY), which annotates meetings of the AMI and ICSI corpora (CC BY 4.0) and of parliamentary committees.',
  trainedOn: '2026-11-22',
  features: [...borderFeatures],
}

const meetings = await readMeetings(data, { bySeries })
const series = [...new Set(meetings.map(seriesOf))]
const recordings = meetings.flatMap((meeting, i) => bordered(meeting, bySeries ? series.indexOf(seriesOf(meeting)) : i))
if (!bySeries) {
  const model = chapterModel.parse({ ...about, ...fitBorders(recordings) })
  await writeFile(
    new URL('../src/pipeline/detect/weights/chapters.json', import.meta.url),
    `${JSON.stringify(model)}\n`,
  )
}

const unseen = folds.map((fold) => {
  const learnt = fitBorders(recordings.filter((recording) => recording.fold !== fold))
  const scores = recordings.flatMap(({ facts, borders, ...recording }) =>
    recording.fold === fold
      ? [borderF1({ predicted: startsBy(learnt, facts), labels: borders, duration: facts.duration })]
      : [],
  )
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  console.log(
    `fold ${fold}: gap ${learnt.gap} s, threshold ${learnt.threshold}, F1 ${mean.toFixed(3)}, half of it without speakers`,
  )
  return learnt
})

for (const kind of ['as they are', 'without speakers'] as const) {
  const unseenFinder = {
    name: `trained, ${kind}`,
    // Borders by a model that has not seen the meeting.
    chapters: async ({ id }: { id: string }) => {
      const found = recordings.find((recording) => recording.id === id && recording.kind === kind)
      const learnt = unseen[found?.fold ?? -1]
      return found === undefined || learnt === undefined ? [] : startsBy(learnt, found.facts)
    },
    clips: async () => [],
    answers: async () => [],
  }
  const set = { name: 'qmsum', recordings: meetings, finders: [unseenFinder], tasks: ['chapters'] as const }
  for (const result of await evaluateSet(set)) console.log(`\nOut of fold: ${asMarkdown(evaluationTable(result))}`)
}

/** Where chapters begin, in seconds. */
function startsBy(model: ReturnType<typeof fitBorders>, facts: Meeting['facts']): number[] {
  return findBorders(facts, model).map((i) => facts.sentences[i]?.start ?? 0)
}

/** Each meeting as it is, and once more as a transcript that tells no speakers apart. */
function bordered(meeting: Meeting, group: number) {
  const { id, duration, fold, facts } = meeting
  const borders = meeting.chapters.map(({ start }) => start)
  const segments = meeting.segments.map((segment) => ({ ...segment, speaker: null }))
  const plain = readRecording({ segments, duration, analysis: null, limits: usualLimits })
  return [
    { id, group, fold, facts, borders, kind: 'as they are' },
    { id, group, fold, facts: plain, borders, kind: 'without speakers' },
  ]
}

// Run after a change of what is measured for answers: learns to find them and writes src/pipeline/detect/weights/query.json. Ten minutes.
//   node training/train-query.ts DATA_FOLDER        (dev/qmsum.jsonl is in it)
// With --by-series it writes nothing, and prints how well it does where no meeting of the same people was learnt from.

import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { evaluateSet } from '../src/evaluation/evaluate-set.ts'
import { asMarkdown, evaluationTable } from '../src/evaluation/evaluation-tables.ts'
import { answerFeatures } from '../src/pipeline/detect/query/answer-features.ts'
import { type AnswerModel, answerModel } from '../src/pipeline/detect/query/answer-model.ts'
import { findAnswers } from '../src/pipeline/detect/query/find-answers.ts'
import { fitAnswerTrees } from './query/fit-answer-trees.ts'
import { type Asked, askEverywhere, chanceBy, fitAnswerable } from './query/fit-answerable.ts'
import { questionLists } from './query/question-lists.ts'
import { folds, type Meeting, readMeetings, usualLimits } from './query/read-meetings.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'by-series': { type: 'boolean', default: false } },
})
const [data] = positionals
const bySeries = values['by-series']
if (data === undefined) throw new Error('the folder with the labelled recordings is missing')

const about = {
  name: 'answers',
  version: '1',
  licence: 'MIT; CC BY 4.0',
  attribution:
    'Trained on QMSum (MIT, copyright 2021 Yale-LILY), which annotates meetings of the AMI and ICSI corpora (CC BY 4.0) and of parliamentary committees.',
  trainedOn: '2026-11-22',
  features: [...answerFeatures],
}
const sharpness = 1
// Every question of the set has an answer, so that none is refused.
const always = { features: [], bias: 0, weights: [], threshold: 0 }

const meetings = await readMeetings(data, { bySeries })
const lists = questionLists(meetings)
console.log(`${lists.length} questions in ${meetings.length} meetings`)
console.log(`a window reaches half in common: ${share(lists.map(({ likeness }) => Math.max(...likeness) >= 0.5))}`)

const unseen = folds.map((fold) => fitAnswerTrees(lists.filter(({ meeting }) => meeting.fold !== fold)))
const modelOf = ({ fold }: Meeting) => ({ trees: unseen[fold] ?? { base: 0, trees: [] }, sharpness })
if (!bySeries) await save()

console.log('\nOut of fold, by recording, through findAnswers:')
const unseenFinder = {
  name: 'trained',
  // What the product finds for a meeting's question, by a model that has not seen the meeting.
  answers: async ({ id }: { id: string }, query: string) =>
    answersOf(
      meetings.find((one) => one.id === id),
      query,
    ),
  clips: async () => [],
  chapters: async () => [],
}
const results = await evaluateSet({ name: 'qmsum', recordings: meetings, finders: [unseenFinder], tasks: ['query'] })
for (const result of results) console.log(asMarkdown(evaluationTable(result)))

async function save(): Promise<void> {
  const asked = askEverywhere(lists, modelOf)
  sayAnswerable(asked)
  const answerable = fitAnswerable(asked)
  const model: AnswerModel = answerModel.parse({ ...about, trees: fitAnswerTrees(lists), sharpness, answerable })
  await writeFile(new URL('../src/pipeline/detect/weights/query.json', import.meta.url), `${JSON.stringify(model)}\n`)
}

function answersOf(meeting: Meeting | undefined, query: string) {
  if (meeting === undefined) return []
  const { moments } = findAnswers({
    segments: meeting.segments,
    duration: meeting.duration,
    analysis: null,
    query,
    limits: usualLimits,
    model: { ...about, ...modelOf(meeting), answerable: always },
  })
  return moments.map(({ start, end, span, score }) => ({ start, end, ...span, score }))
}

/** How well questions without an answer are told, with weights and threshold from the other folds. */
function sayAnswerable(all: readonly Asked[]): void {
  const judged = folds.flatMap((fold) => {
    const fitted = fitAnswerable(all.filter((one) => one.fold !== fold))
    return all
      .filter((one) => one.fold === fold)
      .map(({ target, values }) => ({ target, refused: chanceBy(fitted, values) < fitted.threshold }))
  })
  const refused = (target: number) => share(judged.filter((one) => one.target === target).map((one) => one.refused))
  console.log(
    `refused out of fold: ${refused(1)} of their own questions, ${refused(0)} of those of other kinds of meetings`,
  )
}

function share(values: readonly boolean[]): string {
  return `${((100 * values.filter(Boolean).length) / Math.max(1, values.length)).toFixed(1)} %`
}

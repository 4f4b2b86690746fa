// Run after a change of what is measured for chapters: learns where they begin and writes src/pipeline/detect/weights/chapters.json. Five minutes.
//   node training/train-chapters.ts DATA_FOLDER        (dev/qmsum.jsonl and score.mjs are in it)

import { writeFile } from 'node:fs/promises'
import { chapterModel, findBorders } from '../src/pipeline/detect/chapters/chapter-model.ts'
import { findChapters } from '../src/pipeline/detect/chapters/find-chapters.ts'
import { borderFeatures } from '../src/pipeline/detect/chapters/measure-borders.ts'
import { handSetRanker } from '../src/pipeline/detect/hand-set-ranker.ts'
import { readRecording } from '../src/pipeline/detect/read-recording.ts'
import { borderF1 } from './chapters/border-score.ts'
import { type BorderedRecording, fitBorders } from './chapters/fit-borders.ts'
import { folds, type Meeting, readMeetings, usualLimits } from './query/read-meetings.ts'
import { scoreWith } from './score-with.ts'

const [data] = process.argv.slice(2)
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

const meetings = await readMeetings(data)
const recordings = meetings.flatMap(bordered)
const model = chapterModel.parse({ ...about, ...fitBorders(recordings) })
await writeFile(new URL('../src/pipeline/detect/weights/chapters.json', import.meta.url), `${JSON.stringify(model)}\n`)

const unseen = folds.map((fold) => {
  const learnt = fitBorders(recordings.filter((recording) => recording.fold !== fold))
  const scores = recordings.flatMap(({ facts, borders, ...recording }) =>
    recording.fold === fold
      ? [
          borderF1(
            findBorders(facts, learnt).map((i) => facts.sentences[i]?.start ?? 0),
            borders,
          ),
        ]
      : [],
  )
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  console.log(
    `fold ${fold}: gap ${learnt.gap} s, threshold ${learnt.threshold}, F1 ${mean.toFixed(3)}, half of it without speakers`,
  )
  return learnt
})

for (const kind of ['as they are', 'without speakers', 'without speakers, marks and capitals'] as const) {
  console.log(`\nOut of fold, by recording, through findChapters; transcripts ${kind}:`)
  const predictions = meetings.map((meeting) => ({ id: meeting.id, chapters: chaptersOf(meeting, kind) }))
  console.log(await scoreWith({ data, set: 'qmsum', task: 'chapters', predictions, versus: 'baseline:tfidf' }))
}

/** Each meeting as it is, and once more as a transcript that tells no speakers apart. */
function bordered(meeting: Meeting, group: number): (BorderedRecording & { fold: number })[] {
  const { duration, fold, facts } = meeting
  const borders = meeting.chapters.map(({ start }) => start)
  const segments = segmentsOf(meeting, 'without speakers')
  const plain = readRecording({ segments, duration, analysis: null, limits: usualLimits })
  return [
    { group, fold, facts, borders },
    { group, fold, facts: plain, borders },
  ]
}

function chaptersOf(meeting: Meeting, kind: string): number[] {
  const { chapters = [] } = findChapters({
    segments: segmentsOf(meeting, kind),
    duration: meeting.duration,
    analysis: null,
    limits: usualLimits,
    ranker: handSetRanker,
    model: {
      ...about,
      ...(unseen[meeting.fold] ?? { cues: {}, trees: { base: 0, trees: [] }, gap: 120, threshold: 1 }),
    },
  })
  return chapters.map(({ start }) => start)
}

function segmentsOf({ segments }: Meeting, kind: string): Meeting['segments'] {
  if (kind === 'as they are') return segments
  const anonymous = segments.map((segment) => ({ ...segment, speaker: null }))
  if (kind === 'without speakers') return anonymous
  return anonymous.map((segment) => ({ ...segment, text: segment.text.toLowerCase().replace(/[.,;:!?…"]/g, '') }))
}

// Run after changing the texts beside it: writes golden.jsonl, a small set of labelled recordings of our own.
// It is no evidence of quality: it is there so that a change that makes detection worse is seen.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../src/domain/seeded-random.ts'
import { type Line, laughs, topics } from './golden-texts.ts'

const recordings = 8
const topicsEach = 6
const laughsEach = 2
// Seconds a word takes, and between two lines.
const [perWord, pause] = [0.38, 0.4]

const lines = Array.from({ length: recordings }, (_, i) => JSON.stringify(recording(i)))
writeFileSync(join(import.meta.dirname, 'golden.jsonl'), `${lines.join('\n')}\n`)

function recording(number: number) {
  const random = seededRandom(number + 1)
  const chosen = shuffled(topics, random).slice(0, topicsEach)
  const jokes = shuffled(laughs, random).slice(0, laughsEach)
  const placeOfJoke = shuffled([1, 2, 3, 4], random).slice(0, laughsEach)
  const segments: { start: number; end: number; text: string; speaker: string }[] = []
  let clock = 2
  const say = (said: readonly Line[]) => {
    const start = clock
    for (const [speaker, text] of said) {
      const end = clock + text.split(' ').length * perWord
      segments.push({ start: toMs(clock), end: toMs(end), text, speaker })
      clock = end + pause
    }
    return { start: toMs(start), end: toMs(clock - pause) }
  }
  const [labels, queries, chapters]: [object[], object[], object[]] = [[], [], []]
  for (const [i, topic] of chosen.entries()) {
    const half = Math.ceil(topic.lines.length / 2)
    const opening = say(topic.lines.slice(0, half))
    const joke = jokes[placeOfJoke.indexOf(i)]
    if (joke) labels.push({ ...say(joke), weight: 1, kind: 'people laugh' })
    const { end } = say(topic.lines.slice(half))
    const span = { start: opening.start, end }
    chapters.push({ start: span.start, end, title: topic.title })
    queries.push({ qid: `golden-${number}.${i}`, query: topic.question, labels: [{ ...span, weight: 1, kind: '' }] })
  }
  return {
    id: `golden-${number}`,
    source: 'written for this test',
    licence: 'MIT',
    duration: Math.ceil(clock) + 2,
    timing: 'made up: 0.38 s a word',
    mode: 'viral',
    segments,
    labels,
    queries,
    chapters,
  }
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

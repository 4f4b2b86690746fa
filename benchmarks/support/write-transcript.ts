import { writeFile } from 'node:fs/promises'

/** Words spoken in a second. */
const pace = 2.6

/** Writes an SRT file of whole sentences that fill a recording; the same for the same length. Every cue is one sentence. */
export async function writeTranscript(path: string, seconds: number): Promise<string> {
  const cues: string[] = []
  for (const [index, { start, end, text }] of sentencesOf(seconds).entries()) {
    cues.push(`${index + 1}\n${clock(start)} --> ${clock(end)}\n${text}\n`)
  }
  await writeFile(path, cues.join('\n'))
  return path
}

/** Sentences one after the other, times in seconds, as if two people spoke about their work. */
export function sentencesOf(seconds: number): { start: number; end: number; text: string }[] {
  const random = createRandom(20)
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? ''
  const sentences: { start: number; end: number; text: string }[] = []
  for (let at = 0.5; ; ) {
    const text = pick(templates).replace(/\{(\w+)\}/g, (_, name: string) => {
      return name === 'number' ? String(2 + Math.floor(random() * 97)) : pick(words[name] ?? [])
    })
    const end = at + text.split(' ').length / pace
    if (end > seconds - 0.5) return sentences
    sentences.push({ start: at, end, text })
    at = end + 0.1 + random() * 0.5
  }
}

const words: Record<string, readonly string[]> = {
  thing: [
    'the oven',
    'our garden',
    'that old bridge',
    'the night train',
    'my first boat',
    'the town library',
    'a wooden clock',
  ],
  person: [
    'My grandmother',
    'The captain',
    'Our teacher',
    'A stranger',
    'The mayor',
    'Your brother',
    'Every neighbour',
  ],
  deed: [
    'forgot to close',
    'wanted to sell',
    'painted',
    'repaired',
    'almost lost',
    'learned to love',
    'never understood',
  ],
  feeling: ['furious', 'so happy', 'terrified', 'completely calm', 'surprised', 'ashamed'],
  place: ['in the harbour', 'behind the mill', 'on the last floor', 'near the river', 'under the stairs'],
}

const templates = [
  '{person} {deed} {thing} {place}, and for {number} days nobody said a word about it.',
  'Why would anyone keep {thing} {place}?',
  'Because it works, and because {number} people told us that they would miss it.',
  'I was {feeling} when I heard that.',
  '{person} {deed} {thing}, which is exactly what I would have done if I had known how much it costs to wait.',
  'No, really, it was {number} percent.',
  'So here is what we learned: you start with {thing}, you ask {number} people, and only then do you decide.',
  'That is the biggest mistake I ever made.',
  'And then it rained.',
  'The secret is that {thing} does not care whether you are {feeling}.',
  'What happened next {place}?',
  'Well, {person} laughed, we all laughed, and in the end {thing} was still there {number} years later.',
]

/** Mulberry32: small, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function clock(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  const parts = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')},${String(ms % 1000).padStart(3, '0')}`
}

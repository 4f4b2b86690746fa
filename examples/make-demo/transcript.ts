import type { Talk } from './speech.ts'

/** A cue a sentence, with the speaker as its voice; as a podcast host would publish it. */
export function toWebVtt({ spoken }: Talk): string {
  const cues = spoken.map(
    ({ line, start, end }) => `${stamp(start)} --> ${stamp(end)}\n<v ${line.speaker}>${line.text}</v>\n`,
  )
  return ['WEBVTT\n', ...cues].join('\n')
}

function stamp(seconds: number): string {
  const whole = Math.round(seconds * 1000)
  const part = (divisor: number, modulus: number, digits: number) =>
    String(Math.floor(whole / divisor) % modulus).padStart(digits, '0')
  return `${part(3_600_000, 100, 2)}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`
}

/** What a test may compare with: when every word was said, and which spans were written to be clipped. */
export function toGroundTruth({ duration, spoken, moments }: Talk): string {
  const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000
  const segments = spoken.map(({ line, start, end, words }) => {
    const times = words.map((word) => [word.text, rounded(word.start), rounded(word.end)])
    return { speaker: line.speaker, start: rounded(start), end: rounded(end), text: line.text, words: times }
  })
  const rows = (items: unknown[]) => items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')
  const spans = moments.map(({ title, start, end }) => ({ title, start: rounded(start), end: rounded(end) }))
  return `{
  "duration": ${duration},
  "moments": [
${rows(spans)}
  ],
  "segments": [
${rows(segments)}
  ]
}
`
}

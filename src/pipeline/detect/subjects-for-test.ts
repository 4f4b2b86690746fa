import type { Segment } from '../../domain/transcript.ts'
import { conversation, type Line } from './conversation-for-test.ts'

const subjects = [
  {
    opens: "Okay, let's move on to the greenhouse.",
    words: 'greenhouse tomatoes glass heating seedlings roof watering compost'.split(' '),
  },
  {
    opens: 'Alright, next on the list is the ferry.',
    words: 'ferry harbour captain tickets crossing engine storm timetable'.split(' '),
  },
  {
    opens: "So, let's talk about the museum.",
    words: 'museum paintings curator exhibition visitors gallery frames restoration'.split(' '),
  },
  {
    opens: 'Okay, the last point is the bakery.',
    words: 'bakery dough oven flour sourdough baker crust rolls'.split(' '),
  },
]
export const subjectNames = ['greenhouse', 'ferry', 'museum', 'bakery']

const shapes = [
  (a: string, b: string) => `We looked at the ${a} again, and the ${b} is what worries me most about it.`,
  (a: string, b: string) => `Nobody had told us that the ${a} depends on the ${b} so much.`,
  (a: string, b: string) => `If the ${b} fails, then the ${a} costs us another month at least.`,
  (a: string, b: string) => `I would rather have one good ${a} than ten of the old ${b}.`,
]

/** A talk that keeps to one subject after the other, each for so many minutes; sentences differ, and so do the speakers. */
export function talkAboutSubjects(
  minutesEach: number,
  speakers: readonly (string | null)[] = ['Ana', 'Bo'],
): Segment[] {
  const lines: Line[] = subjects.flatMap(({ opens, words }, s) => [
    [speakers[0] ?? null, opens] as const,
    ...Array.from({ length: Math.round(minutesEach * 8) }, (_, i): Line => {
      const shape = shapes[(i * 3 + s) % shapes.length] as (a: string, b: string) => string
      const [a, b] = [words[i % words.length] ?? '', words[(i * 5 + 3) % words.length] ?? '']
      return [speakers[Math.floor(i / 3) % speakers.length] ?? null, shape(a, b)]
    }),
  ])
  return conversation(lines)
}

/** When each subject begins, in seconds, the first one at 0. */
export function beginnings(segments: readonly Segment[]): number[] {
  return segments.filter(({ text }) => subjects.some(({ opens }) => opens === text)).map(({ start }) => start)
}

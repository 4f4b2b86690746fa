import type { BrandPerson } from '../../../../domain/brand.ts'
import { isNoName, turnsOf } from '../../brand/overlay/first-turns.ts'
import type { ClipWord } from '../../captions/clip-word.ts'

/** Someone who speaks in a clip. */
export interface Voice {
  /** As it is shown; empty where nobody knows it. */
  name: string
  /** `#RRGGBB` */
  colour: string
}

/** Who is heard from when to when, without gaps from the clip's beginning to its end; seconds of the clip. */
export interface Hold {
  voice: Voice | null
  start: number
  end: number
}

interface VoicesRequest {
  words: readonly ClipWord[]
  people: readonly BrandPerson[]
  colours: readonly string[]
  duration: number
}

/** Who has the word when: a speaker holds it until the next one begins. */
export function holdsOf({ words, people, colours, duration }: VoicesRequest): Hold[] {
  const turns = turnsOf(words)
  const labels = [...new Set(turns.map(({ speaker }) => speaker))]
  const voices = new Map(
    labels.map((label, i) => [
      label,
      { name: nameOf(label, people), colour: colours[i % colours.length] ?? '#FFFFFF' },
    ]),
  )
  if (turns.length === 0) return [{ voice: null, start: 0, end: duration }]
  return turns.map(({ speaker, start }, i) => ({
    voice: voices.get(speaker) ?? null,
    start: i === 0 ? 0 : start,
    end: turns[i + 1]?.start ?? duration,
  }))
}

/** The voice at a time. */
export function voiceAt(holds: readonly Hold[], time: number): Voice | null {
  return holds.findLast(({ start }) => start <= time)?.voice ?? holds[0]?.voice ?? null
}

function nameOf(label: string, people: readonly BrandPerson[]): string {
  const person = people.find(({ speaker }) => speaker.toLowerCase() === label.trim().toLowerCase())
  return person?.name ?? (isNoName(label) ? '' : label)
}

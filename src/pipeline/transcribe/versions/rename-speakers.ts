import type { Segment } from '../../../domain/transcript.ts'
import { SpeakerUnknown } from './version-errors.ts'

/** Stands for those whom nobody named. */
export const nobody = 'nobody'

/**
 * Gives speakers other names; two of the same name become one. @throws SpeakerUnknown
 */
export function renameSpeakers(segments: readonly Segment[], names: ReadonlyMap<string, string>): Segment[] {
  const known = speakersOf(segments).map(({ name }) => name)
  for (const name of names.keys()) if (!known.includes(name)) throw new SpeakerUnknown(name, known)
  return segments.map((segment) => {
    const name = names.get(segment.speaker ?? nobody)
    return name === undefined ? segment : { ...segment, speaker: name === nobody ? null : name }
  })
}

/** Who speaks and for how long, in seconds, in the order of their first words. */
export function speakersOf(segments: readonly Segment[]): { name: string; segments: number; seconds: number }[] {
  const speakers = new Map<string, { name: string; segments: number; seconds: number }>()
  for (const { speaker, start, end } of segments) {
    const name = speaker ?? nobody
    const one = speakers.get(name) ?? { name, segments: 0, seconds: 0 }
    speakers.set(name, { name, segments: one.segments + 1, seconds: one.seconds + end - start })
  }
  return [...speakers.values()]
}

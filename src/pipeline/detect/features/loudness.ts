import { loudnessRange, loudnessRank } from '../sound-facts.ts'
import type { Feature } from './feature.ts'

/** How loud its loud parts are within the recording, and how far loud and quiet lie apart. Null without sound. */
export const loudness: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure(span, { sound }) {
    if (sound === null) return null
    const rank = loudnessRank(sound, span)
    // 20 LU lie between a whisper and a shout.
    return rank === null ? null : rank + Math.min(1, loudnessRange(sound, span) / 20) / 2
  },
  explain(span, { sound }) {
    const rank = sound === null ? null : loudnessRank(sound, span)
    return rank === null || rank < 0.7 ? null : `Louder than ${Math.floor(rank * 100)} % of the recording`
  },
}

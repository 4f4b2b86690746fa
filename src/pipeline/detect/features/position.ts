import type { Feature } from './feature.ts'

/** A gentle leaning to the later part: 0 in the first minute, rising to 1 at 70 % of the recording, a little less in the farewell. */
export const position: Feature = {
  scale: 'absolute',
  speaks: 'for',
  measure({ start, end }, { duration }) {
    const middle = (start + end) / 2
    // In a short recording nothing is an introduction.
    if (duration < 300) return 0.5
    if (middle < 60) return 0
    const share = middle / duration
    return share < 0.7 ? share / 0.7 : share < 0.95 ? 1 : 0.5
  },
  explain({ start }, { duration }) {
    return duration >= 300 && start / duration >= 0.5 ? 'From the later half, long past the introductions' : null
  },
}

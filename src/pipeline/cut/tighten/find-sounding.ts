import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import { levelStep, type SoundLevels } from './sound-levels.ts'

/** Speech over noise: with less between them nobody can say where a word ends. dB. */
const leastDistance = 15
/** A shorter hole is inside a word (the closing of a "t"). Seconds. */
const shortestHole = 0.06
/** A shorter sound is a click of the lips. Seconds. */
const shortestSound = 0.03
/** Words begin and end softer than they can be measured. Seconds. */
const [before, after] = [0.03, 0.06]

/**
 * Where something is heard, in order and apart from each other, with the soft beginnings and ends of words; null where speech does
 * not stand out from what is behind it (music, a street), so that nothing can be said about silence.
 */
export function findSounding(sound: SoundLevels): TimeRange[] | null {
  const threshold = thresholdOf(sound.levels)
  if (threshold === null) return null
  const loud: TimeRange[] = []
  for (const [i, level] of sound.levels.entries()) {
    if (level < threshold) continue
    const [start, end] = [sound.start + i * levelStep, sound.start + (i + 1) * levelStep]
    const last = loud.at(-1)
    if (last && start - last.end < shortestHole) loud[loud.length - 1] = { start: last.start, end }
    else loud.push({ start, end })
  }
  const padded: TimeRange[] = []
  for (const { start, end } of loud.filter((range) => range.end - range.start > shortestSound)) {
    const next = { start: roundToMs(start - before), end: roundToMs(end + after) }
    const last = padded.at(-1)
    if (last && next.start <= last.end) padded[padded.length - 1] = { start: last.start, end: next.end }
    else padded.push(next)
  }
  return padded
}

/** A third of the way from the noise up to the speech, and well above the noise. */
function thresholdOf(levels: Float32Array): number | null {
  const sorted = levels.toSorted()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const [noise, speech] = [at(0.05), at(0.9)]
  if (sorted.length === 0 || speech - noise < leastDistance) return null
  return Math.max(noise + 6, Math.min(speech - 26, noise + 0.35 * (speech - noise)))
}

export const chapterMeasureNames = ['F1@30s', 'F1@60s', 'Pk', 'WinDiff'] as const
export type ChapterMeasures = Record<(typeof chapterMeasureNames)[number], number>

// Seconds. The recording's own beginning is no border that anyone could find.
const beginning = 20

interface ToMeasure {
  /** Where chapters begin, in seconds. */
  predicted: readonly number[]
  labels: readonly number[]
  /** Length of the recording in seconds. */
  duration: number
}

/**
 * How well topic borders are found: F1 with borders matched one to one, nearest first, within 30 or 60 s; Pk (Beeferman and others 1999) and
 * WindowDiff (Pevzner and Hearst 2002) on seconds, where less is better. Null when there is no border to find.
 */
export function measureChapters({ predicted, labels, duration }: ToMeasure): ChapterMeasures | null {
  const wanted = bordersIn(labels, Number.POSITIVE_INFINITY)
  const found = bordersIn(predicted, duration)
  if (wanted.length === 0) return null
  return {
    'F1@30s': f1({ found, wanted, within: 30 }),
    'F1@60s': f1({ found, wanted, within: 60 }),
    ...windowMeasures({ found, wanted, duration }),
  }
}

/** F1 of the borders found, matched one to one with those that people set, nearest first, within `within` seconds. */
export function borderF1({ predicted, labels, duration }: ToMeasure, within = 30): number {
  const wanted = bordersIn(labels, Number.POSITIVE_INFINITY)
  const found = bordersIn(predicted, duration)
  return found.length + wanted.length === 0 ? 0 : f1({ found, wanted, within })
}

function bordersIn(times: readonly number[], duration: number): number[] {
  return [...new Set(times)].filter((time) => time > beginning && time < duration).sort((a, b) => a - b)
}

function f1({ found, wanted, within }: { found: number[]; wanted: number[]; within: number }): number {
  const pairs = found.flatMap((f, i) => wanted.map((w, j) => ({ i, j, apart: Math.abs(f - w) })))
  const [usedFound, usedWanted] = [new Set<number>(), new Set<number>()]
  for (const { i, j, apart } of pairs.toSorted((a, b) => a.apart - b.apart)) {
    if (apart > within || usedFound.has(i) || usedWanted.has(j)) continue
    usedFound.add(i)
    usedWanted.add(j)
  }
  return (2 * usedFound.size) / (found.length + wanted.length)
}

/** Both slide a window of half a mean chapter over the recording, second by second, and compare its two ends. */
function windowMeasures({ found, wanted, duration }: { found: number[]; wanted: number[]; duration: number }) {
  const seconds = Math.max(1, Math.round(duration))
  const width = Math.max(2, Math.round(seconds / (wanted.length + 1) / 2))
  const [chapterOfFound, chapterOfWanted] = [chapterBySecond(found, seconds), chapterBySecond(wanted, seconds)]
  let [unlike, different, windows] = [0, 0, 0]
  for (let second = 0; second + width <= seconds; second++, windows++) {
    const bordersFound = (chapterOfFound[second + width] ?? 0) - (chapterOfFound[second] ?? 0)
    const bordersWanted = (chapterOfWanted[second + width] ?? 0) - (chapterOfWanted[second] ?? 0)
    if ((bordersFound === 0) !== (bordersWanted === 0)) unlike++
    if (bordersFound !== bordersWanted) different++
  }
  return { Pk: unlike / Math.max(1, windows), WinDiff: different / Math.max(1, windows) }
}

function chapterBySecond(borders: readonly number[], seconds: number): Int32Array {
  let chapter = 0
  return Int32Array.from({ length: seconds + 1 }, (_, second) => {
    while (chapter < borders.length && (borders[chapter] ?? 0) <= second) chapter++
    return chapter
  })
}

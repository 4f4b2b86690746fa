import type { Capabilities } from '../../media/media-tools.ts'

/** How much one frame differs from the one before it. */
export interface PictureChange {
  /** Of the later frame, in seconds from the start of what was read. */
  time: number
  /** Mean difference of brightness, percent of the full range. */
  difference: number
}

/**
 * Filters that write two lines to the log for every frame: its time, and its difference from the frame before. On a picture
 * 320 pixels wide: details don't matter, time does. Builds without `scdet` (before 2020) measure the same with older filters,
 * at a third more time.
 */
export function changeFilters({ scdet }: Pick<Capabilities, 'scdet'>): string {
  const print = (key: string) => `metadata=mode=print:key=${key}`
  return scdet
    ? // The threshold is out of reach: we judge the differences ourselves.
      `scale=320:-2,format=yuv420p,scdet=threshold=100,${print('lavfi.scd.mafd')}`
    : `scale=320:-2,format=yuv420p,tblend=all_mode=difference,signalstats,${print('lavfi.signalstats.YAVG')}`
}

/** Reads the lines of `changeFilters`; answers with a change when a line completes one. */
export function createChangeParser(): (line: string) => PictureChange | undefined {
  let time: number | null = null
  return (line) => {
    const stamp = /\bpts_time:(-?\d+(?:\.\d+)?)/.exec(line)?.[1]
    if (stamp !== undefined) time = Number(stamp)
    const [, key, value] = /lavfi\.(scd\.mafd|signalstats\.YAVG)=(\d+(?:\.\d+)?)/.exec(line) ?? []
    if (value === undefined || time === null) return undefined
    // scdet gives percent; the mean brightness of a difference picture is of 256.
    const change = { time, difference: key === 'scd.mafd' ? Number(value) : Number(value) / 2.56 }
    time = null
    return change
  }
}

export interface CutRule {
  /** A change this large is a cut whatever was before it; null where fast motion can look like that. */
  outright: number | null
}

/**
 * Found 4 of 4 synthetic cuts and what PySceneDetect's reference list has for a real film; at 14 one in four was missed, and
 * people walking into a fixed picture, seen once a second, stay below it but for the largest.
 */
const CUT_DIFFERENCE = 10

/** Tells cuts from motion, frame by frame: a cut stands out from the change before it, motion goes on. As `scdet` does. */
export function createCutFinder({ outright }: CutRule): (change: PictureChange) => boolean {
  let before = 0
  return ({ difference }) => {
    const standsOut = Math.min(difference, Math.abs(difference - before))
    before = difference
    return standsOut >= CUT_DIFFERENCE || (outright !== null && difference >= outright)
  }
}

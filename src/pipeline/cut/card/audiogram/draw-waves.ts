import type { CropBox } from '../../../../domain/clip.ts'
import { assColour } from '../../brand/colours/contrast.ts'
import { type AssEvent, round, toCentiseconds } from '../../captions/ass-document.ts'
import { bandsOf, levelsOf } from './levels.ts'
import { type Hold, voiceAt } from './voices.ts'

export interface WavesRequest {
  samples: Float32Array
  /** Seconds. */
  duration: number
  /** Where they are drawn, pixels. */
  box: CropBox
  holds: readonly Hold[]
  /** `#RRGGBB`, where nobody's name is known. */
  colour: string
  /** What is not heard yet. */
  coming: string
}

/** Ten bars a second, four seconds to be seen: a syllable is two or three bars. */
const barSeconds = 0.1
const seenSeconds = 4
/** Bars drawn as one shape that glides; libass draws it once and moves it. */
const barsInChunk = 20
/** Of the distance from bar to bar. */
const barWidth = 0.56
/** Of the height: silence is a row of dots. */
const leastHeight = 0.05

/** The sound as bars that glide from right to left through the middle, where they are heard and take their speaker's colour. */
export function waveform({ samples, duration, box, holds, colour, coming }: WavesRequest): AssEvent[] {
  const levels = levelsOf(samples, barSeconds)
  const pitch = (box.width / seenSeconds) * barSeconds
  const speed = box.width / seenSeconds
  const [middle, row] = [box.x + box.width / 2, box.y + box.height / 2]
  const left = `\\clip(${Math.round(box.x)},${box.y},${Math.round(middle)},${box.y + box.height})`
  const right = `\\clip(${Math.round(middle)},${box.y},${Math.round(box.x + box.width)},${box.y + box.height})`
  return chunksOf(levels, holds).flatMap(({ first, its, voice }) => {
    const begins = first * barSeconds
    const start = Math.max(0, begins - seenSeconds / 2)
    const end = Math.min(duration, begins + its.length * barSeconds + seenSeconds / 2)
    if (end - start < 0.01) return []
    const placeAt = (time: number) => round(middle + (begins - time) * speed + (pitch * (1 - barWidth)) / 2)
    const times = { layer: 1, start: toCentiseconds(start), end: toCentiseconds(end), style: 'audiogram' }
    const move = `\\an4\\move(${placeAt(times.start / 100)},${row},${placeAt(times.end / 100)},${row})`
    const shape = bars(its, { pitch, height: box.height })
    const draw = (clip: string, its_: string) => `{${move}${clip}\\1c${assColour(its_)}\\p1}${shape}{\\p0}`
    const heard = voice?.colour ?? colour
    const parts = [...(end > begins ? [draw(left, heard)] : []), draw(right, coming)]
    return parts.map((text) => ({ ...times, text }))
  })
}

interface Chunk {
  first: number
  its: number[]
  voice: Hold['voice']
}

/** Stretches of bars of one speaker each. */
function chunksOf(levels: readonly number[], holds: readonly Hold[]): Chunk[] {
  const chunks: Chunk[] = []
  for (const [i, level] of levels.entries()) {
    const voice = voiceAt(holds, (i + 0.5) * barSeconds)
    const last = chunks.at(-1)
    if (last && last.voice === voice && last.its.length < barsInChunk) last.its.push(level)
    else chunks.push({ first: i, its: [level], voice })
  }
  return chunks
}

/** A picture every 40 ms: ASS counts hundredths. */
const stepSeconds = 0.04
const bandCount = 13

/** The sound as bars that stand and dance, low tones in the middle and high ones at both sides. */
export function dancingBars({ samples, duration, box, holds, colour }: WavesRequest): AssEvent[] {
  const frames = bandsOf(samples, { bands: bandCount, seconds: stepSeconds })
  const pitch = box.width / (2 * bandCount - 1)
  const place = `\\an5\\pos(${round(box.x + box.width / 2)},${round(box.y + box.height / 2)})`
  return frames.flatMap((bands, i) => {
    const [start, end] = [i * stepSeconds, Math.min(duration, (i + 1) * stepSeconds)]
    if (toCentiseconds(end) <= toCentiseconds(start)) return []
    const mirrored = [...bands.slice(1).toReversed(), ...bands]
    const its = assColour(voiceAt(holds, start)?.colour ?? colour)
    const text = `{${place}\\1c${its}\\p1}${bars(mirrored, { pitch, height: box.height })}{\\p0}`
    return [{ layer: 1, start: toCentiseconds(start), end: toCentiseconds(end), style: 'audiogram', text }]
  })
}

/**
 * Upright bars with round ends, side by side, each as high as its level. All are symmetric about one line, so that the middle
 * of their bounds, by which libass places a drawing, is always there.
 */
function bars(levels: readonly number[], { pitch, height }: { pitch: number; height: number }): string {
  const width = round(barWidth * pitch)
  return levels
    .map((level, i) => {
      const its = round(Math.max(width, height * Math.max(leastHeight, level)))
      return bar({ x: round(i * pitch), top: round((height - its) / 2), width, height: its })
    })
    .join(' ')
}

function bar({ x, top, width, height }: { x: number; top: number; width: number; height: number }): string {
  const [radius, right, bottom] = [width / 2, x + width, top + height]
  // Half a circle by one curve: its handles are 4/3 of the radius long.
  const cap = round((4 / 3) * radius)
  const [from, to] = [round(top + radius), round(bottom - radius)]
  const [up, down] = [round(top + radius - cap), round(bottom - radius + cap)]
  return `m ${x} ${from} b ${x} ${up} ${round(right)} ${up} ${round(right)} ${from} l ${round(right)} ${to} b ${round(right)} ${down} ${x} ${down} ${x} ${to}`
}

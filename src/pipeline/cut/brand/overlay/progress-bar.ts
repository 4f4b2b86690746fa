import { type AssEvent, toCentiseconds } from '../../captions/ass-document.ts'
import { rectangle } from '../../captions/styles/shapes.ts'
import { assColour } from '../colours/contrast.ts'
import type { Area } from './areas.ts'

interface BarRequest {
  bar: { place: 'top' | 'bottom'; height: number }
  size: { width: number; height: number }
  colour: string
  /** Seconds of the clip. */
  duration: number
}

/** A bar along the picture's edge that grows from nothing to its whole width while the clip plays. */
export function progressBar({ bar, size, colour, duration }: BarRequest): { area: Area; events: AssEvent[] } {
  const height = Math.max(2, Math.round(bar.height * size.height))
  const y = bar.place === 'top' ? 0 : size.height - height
  const box = { x: 0, y, width: size.width, height }
  const times = { start: 0, end: toCentiseconds(duration), style: 'brand' }
  const grow = `{\\fscx0.01\\t(0,${Math.round(1000 * duration)},\\fscx100)}`
  return {
    area: { start: 0, end: duration, x: 0, y, w: size.width, h: height },
    events: [
      { ...times, layer: 0, text: rectangle(box, { colour: '&H000000&', transparency: 0x90 }) },
      { ...times, layer: 1, text: grow + rectangle(box, { colour: assColour(colour) }) },
    ],
  }
}

/** Rows in which the bar moves, as shares of the height; none without one. */
export function barRows(bar: BarRequest['bar'] | undefined): { from: number; to: number }[] {
  if (!bar) return []
  return [bar.place === 'top' ? { from: 0, to: 2 * bar.height } : { from: 1 - 2 * bar.height, to: 1 }]
}

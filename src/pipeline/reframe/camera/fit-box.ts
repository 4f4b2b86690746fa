import { type Aspect, type CropBox, frameSizes } from '../../../domain/clip.ts'

export interface Size {
  width: number
  height: number
}

/** Width divided by height of an aspect. */
export function ratioOf(aspect: Aspect): number {
  const { width, height } = frameSizes[aspect]
  return width / height
}

/** Share of the picture's area that the largest box of that aspect keeps, 0 to 1. */
export function keptShare({ width, height }: Size, aspect: Aspect): number {
  const ratio = width / height
  return Math.min(ratio, ratioOf(aspect)) / Math.max(ratio, ratioOf(aspect))
}

/**
 * Where the spare height goes when a box is lower than the picture: a third above, two thirds below, because heads are
 * above the middle of a picture and hands below it.
 */
const shareAbove = 1 / 3

/**
 * The largest box of that aspect inside the picture, in pixels: in the middle from left to right, above the middle from
 * top to bottom. All numbers are even (the colours of 4:2:0 video come in pairs), so the aspect is right within a pixel.
 * Null when the picture is too small to hold a box of 2 × 2.
 */
export function largestBox({ width, height }: Size, aspect: Aspect): CropBox | null {
  const ratio = ratioOf(aspect)
  // From the even sides, not the odd ones: both roundings together would be two pixels off.
  const most = { width: even(width), height: even(height) }
  const box = {
    width: Math.min(most.width, nearestEven(most.height * ratio)),
    height: Math.min(most.height, nearestEven(most.width / ratio)),
  }
  if (box.width < 2 || box.height < 2) return null
  return { x: even((width - box.width) / 2), y: even((height - box.height) * shareAbove), ...box }
}

function even(value: number): number {
  return Math.floor(value / 2) * 2
}

function nearestEven(value: number): number {
  return Math.round(value / 2) * 2
}

import type { CropBox, SceneFraming } from './clip.ts'

/**
 * How far a glide has come after this share of its time, 0 to 1: the quintic whose speed and acceleration are zero at both
 * ends (Flash and Hogan, 1985: how a hand moves), so that the camera neither starts nor stops with a jerk. Over a distance d
 * in T seconds its speed is at most 1.875 d/T, its acceleration 5.78 d/T², its jerk 60 d/T³.
 */
export function glide(share: number): number {
  const p = Math.min(1, Math.max(0, share))
  return p ** 3 * (10 + p * (6 * p - 15))
}

/** The box of a `crop` at a time, seconds of the recording; its place may lie between pixels. Null for what is no crop. */
export function cropAt({ crop, moves = [] }: Pick<SceneFraming, 'crop' | 'moves'>, time: number): CropBox | null {
  if (!crop) return null
  let { x, y } = crop
  let before: { x: number; y: number } = crop
  for (const move of moves) {
    const done = glide((time - move.time) / move.seconds + 0.5)
    x += (move.x - before.x) * done
    y += (move.y - before.y) * done
    before = move
  }
  return { ...crop, x, y }
}

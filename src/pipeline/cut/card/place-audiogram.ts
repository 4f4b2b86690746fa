import type { AudiogramLook, CropBox } from '../../../domain/clip.ts'
import { captionLook } from '../captions/caption-look.ts'
import { safeZone } from '../captions/safe-zone.ts'

interface Size {
  width: number
  height: number
}

export interface CardPlaces {
  /** Of cover and title, pixels from the top. */
  room: { top: number; bottom: number }
  /** Of what moves; null on a card that stands still. */
  audiogram: CropBox | null
}

/** Share of the height that is between the card's parts. */
const gap = 0.02
const top = 0.07

/**
 * Divides a card: cover and title at the top, what moves under them, captions below. Where captions stand so high that both
 * do not fit above them, what moves goes under the captions. `captions` are rows as shares of the height.
 */
export function placeAudiogram(
  look: AudiogramLook,
  size: Size,
  captions: { from: number; to: number } | null,
): CardPlaces {
  const usual = captionLook(size)
  const usualTop = usual.centre.y - 1.8 * usual.fontSize
  if (look === 'still') return { room: { top: top * size.height, bottom: usualTop }, audiogram: null }
  const captionsTop = captions ? Math.min(usualTop, captions.from * size.height) : usualTop
  const above = captionsTop - (top + gap) * size.height
  const share = look === 'speakers' ? 0.4 : 0.26
  const zone = safeZone(size)
  const below = zone.bottom - (captions ? captions.to * size.height : usualTop)
  const isLow = above < 0.4 * size.height && below > 0.12 * size.height
  const height = isLow ? Math.min(0.24 * size.height, below - gap * size.height) : share * above
  const y = isLow ? zone.bottom - height : captionsTop - gap * size.height - height
  const width = look === 'bars' ? Math.min(0.66 * size.width, 4 * height) : 0.84 * size.width
  const box = { x: even((size.width - width) / 2), y: even(y), width: even(width), height: even(height) }
  const bottom = isLow ? captionsTop : box.y - gap * size.height
  return { room: { top: top * size.height, bottom }, audiogram: box }
}

function even(pixels: number): number {
  return 2 * Math.round(pixels / 2)
}

import type { Brand } from '../../../../domain/brand.ts'
import { type AssEvent, writeAssDocument } from '../../captions/ass-document.ts'
import { captionFonts } from '../../captions/caption-fonts.ts'
import type { ClipWord } from '../../captions/clip-word.ts'
import type { FontFace } from '../../captions/font-face.ts'
import type { BrandPalette } from '../colours/brand-palette.ts'
import type { Area } from './areas.ts'
import { hookTitle } from './hook-title.ts'
import { lowerThirds } from './lower-thirds.ts'
import { progressBar } from './progress-bar.ts'

export interface OverlayRequest {
  brand: Pick<Brand, 'lowerThird' | 'progressBar' | 'hookTitle'>
  palette: BrandPalette
  /** The brand's font for titles; the usual one where it has none. */
  font: FontFace | null
  size: { width: number; height: number }
  duration: number
  words: readonly ClipWord[]
  /** What the hook title says; null for none. */
  hook: string | null
  captions: readonly Area[]
  faces: readonly Area[]
  logo: Area | null
}

export interface Overlays {
  /** For ffmpeg's `ass` filter; null when nothing is drawn. */
  ass: string | null
  fonts: FontFace[]
  /** Sentences about what found no place. */
  warnings: string[]
}

/** Hook title, names and progress bar of a brand as one script; none of it over captions, and names over no face. */
export function writeOverlays(request: OverlayRequest): Overlays {
  const { brand, palette, size, duration, words, captions, faces } = request
  const people = brand.lowerThird?.people ?? []
  const names = [...words.map(({ speaker }) => speaker ?? ''), ...people.flatMap(({ name, role = '' }) => [name, role])]
  const texts = [request.hook ?? '', ...new Set(names)].filter((text) => text !== '')
  const fonts = captionFonts(texts, 'extra-bold', request.font)
  const fixed = [...captions, ...(request.logo ? [request.logo] : [])]
  const warnings: string[] = []
  const events: AssEvent[] = []
  const draw = (its: { events: readonly AssEvent[] } | null) => void events.push(...(its?.events ?? []))

  if (brand.progressBar) draw(progressBar({ bar: brand.progressBar, size, colour: palette.accent, duration }))
  const seconds = Math.min(brand.hookTitle?.seconds ?? 0, duration)
  const hook =
    brand.hookTitle && request.hook
      ? hookTitle({ text: request.hook, seconds, size, fonts, colours: palette, keepOff: fixed, faces })
      : null
  if (brand.hookTitle && request.hook && !hook)
    warnings.push('The hook title is left out: there is no room for it beside the captions.')
  draw(hook)
  if (brand.lowerThird) {
    const keepOff = [...fixed, ...faces, ...(hook ? [hook.area] : [])]
    const labels = lowerThirds({ words, lowerThird: brand.lowerThird, duration, size, fonts, palette, keepOff })
    draw(labels)
    if (labels.left.length > 0) warnings.push(`No free place was found for the name of ${labels.left.join(', ')}.`)
  }
  if (events.length === 0) return { ass: null, fonts: [], warnings }
  const plain = '&H00FFFFFF'
  const style = { name: 'brand', family: fonts.family, fontSize: 20, colour: plain, outlineColour: plain }
  const ass = writeAssDocument({ size, styles: [{ ...style, shadowColour: plain, outline: 0, shadow: 0 }], events })
  return { ass, fonts: fonts.facesFor(texts), warnings }
}

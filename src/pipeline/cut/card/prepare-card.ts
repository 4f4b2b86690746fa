import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AudiogramLook, CaptionStyle } from '../../../domain/clip.ts'
import type { AudioStream, MediaInfo } from '../../../domain/media-info.ts'
import type { Media } from '../../../media/create-media.ts'
import { mediaInput } from '../../../media/media-input.ts'
import { type BrandPalette, brandPalette } from '../brand/colours/brand-palette.ts'
import type { OpenBrand } from '../brand/open-brand.ts'
import { captionFont } from '../captions/caption-font.ts'
import { captionFonts } from '../captions/caption-fonts.ts'
import type { ClipWord } from '../captions/clip-word.ts'
import type { FontFace } from '../captions/font-face.ts'
import type { CardPicture } from '../graph/plan-graph.ts'
import type { Timeline } from '../graph/plan-timeline.ts'
import { drawAudiogram } from './audiogram/draw-audiogram.ts'
import { readSamples } from './audiogram/read-samples.ts'
import { placeAudiogram } from './place-audiogram.ts'
import { type CardBrand, writeCard } from './write-card.ts'

const cardScript = 'card.ass'
const wavesScript = 'audiogram.ass'
const coverFile = 'cover.png'

/** How a recording without a picture looks, and what is heard of it. */
export interface AudiogramSound {
  look: AudiogramLook
  timeline: Timeline
  track: AudioStream | null
  /** What its sound gets, dB. */
  decibels: number
}

interface CardRequest {
  media: Media
  source: { path: string; info: MediaInfo }
  words: readonly ClipWord[]
  captions: CaptionStyle
  size: { width: number; height: number }
  frameRate: number
  /** Seconds. */
  duration: number
  /** Name of the recording. */
  title: string
  brand?: OpenBrand | null | undefined
  /** What stands in the title's place at first, where the brand wants a hook title. */
  hook?: string | null | undefined
  /** A card that stands still without. */
  audiogram?: AudiogramSound | undefined
  folder: string
}

export interface PreparedCard {
  picture: CardPicture
  scripts: string[]
  fonts: FontFace[]
  warnings: string[]
}

/** Writes what a recording without a picture shows into the working folder. `captions`: their rows, as shares of the height. */
export async function prepareCard(
  request: CardRequest,
  captions: { from: number; to: number } | null,
): Promise<PreparedCard> {
  const { source, size, frameRate, folder, title, brand = null, hook, audiogram } = request
  const look = audiogram?.look ?? 'still'
  const palette = brand?.palette ?? brandPalette({})
  const places = placeAudiogram(look, size, captions)
  const seconds = brand?.brand.hookTitle?.seconds
  const texts = [title, ...(seconds && hook ? [hook] : [])]
  const its = brand && cardBrand(brand, texts)
  const card = writeCard({
    title,
    show: null,
    hasCover: source.info.coverArt !== null,
    size,
    frameRate,
    font: captionFont(),
    room: places.room,
    brand: its,
    hook: seconds && hook ? { text: hook, seconds: Math.min(seconds, request.duration) } : null,
  })
  await writeFile(join(folder, cardScript), card.ass)
  const cover = card.coverBox && (await takeCover(request)) ? { fileName: coverFile, box: card.coverBox } : null
  const fonts = its ? its.fonts.facesFor(texts) : captionFonts([], 'extra-bold').facesFor([])
  const picture = { lavfiSource: card.lavfiSource, cover }
  if (look === 'still' || !audiogram || !places.audiogram) {
    return { picture, scripts: [cardScript], fonts, warnings: [] }
  }
  const moving = await prepareWaves(request, { look, box: places.audiogram, palette })
  return {
    picture,
    scripts: [cardScript, wavesScript],
    fonts: [...fonts, ...moving.fonts],
    warnings: moving.warnings,
  }
}

function cardBrand({ brand, palette, fonts }: OpenBrand, texts: readonly string[]): CardBrand {
  const { background, onBackground, accentOnBackground } = palette
  const its = captionFonts(texts, 'extra-bold', fonts.titles)
  const hasLogoAbove = brand.logo?.place.startsWith('top-') === true
  return { fonts: its, background, letters: onBackground, accent: accentOnBackground, hasLogoAbove }
}

interface Waves {
  look: 'waveform' | 'bars' | 'speakers'
  box: { x: number; y: number; width: number; height: number }
  palette: BrandPalette
}

async function prepareWaves(request: CardRequest, { look, box, palette }: Waves) {
  const { media, source, audiogram, size, duration, words, brand, folder } = request
  if (!audiogram) return { fonts: [], warnings: [] }
  const { timeline, track, decibels } = audiogram
  const samples = await readSamples({ media, source, timeline, track, decibels })
  const people = brand?.brand.lowerThird?.people ?? []
  const font = brand?.fonts.titles ?? null
  // The cards of this style have the name on them.
  const names = request.captions !== 'podcast'
  const drawn = drawAudiogram({ look, samples, duration, size, box, words, people, names, palette, font })
  await writeFile(join(folder, wavesScript), drawn.ass)
  return drawn
}

/** Takes the cover out of the file; false when there is none. */
async function takeCover({ media, source, folder }: CardRequest): Promise<boolean> {
  const { coverArt } = source.info
  if (!coverArt) return false
  await media.ffmpeg({
    args: [
      mediaInput(source.path),
      ['-map', `0:${coverArt.streamIndex}`, '-frames:v', '1', '-pix_fmt', 'rgb24'],
      ['-f', 'image2', '-update', '1', '-y', coverFile],
    ].flat(),
    cwd: folder,
  })
  return true
}

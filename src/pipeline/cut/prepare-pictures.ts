import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaptionStyle } from '../../domain/clip.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { Media } from '../../media/create-media.ts'
import type { OpenBrand } from './brand/open-brand.ts'
import { type LogoPicture, prepareOverlays } from './brand/overlay/prepare-overlays.ts'
import { barRows } from './brand/overlay/progress-bar.ts'
import { buildCaptions } from './captions/build-captions.ts'
import { canShape } from './captions/can-shape.ts'
import { usualColours } from './captions/caption-colours.ts'
import type { ClipWord } from './captions/clip-word.ts'
import { needsShaping } from './captions/drawable-words.ts'
import type { FontFace } from './captions/font-face.ts'
import type { FaceBox } from './captions/place-phrases.ts'
import { type AudiogramSound, prepareCard } from './card/prepare-card.ts'
import type { Rows } from './gate/find-suspects.ts'
import type { BurnIn, CardPicture } from './graph/plan-graph.ts'

interface PrepareRequest {
  media: Media
  source: { path: string; info: MediaInfo }
  words: ClipWord[]
  captions: CaptionStyle
  /** Where faces are in the clip, where that is known. */
  faces?: readonly FaceBox[] | undefined
  size: { width: number; height: number }
  frameRate: number
  /** Seconds. */
  duration: number
  /** Name of the recording, for the card. */
  title: string
  brand?: OpenBrand | null | undefined
  /** Of a recording without a picture: how it looks, and what is heard. A card that stands still without. */
  audiogram?: AudiogramSound | undefined
  /** What a brand's hook title says; null for none. */
  hook?: string | null | undefined
  folder: string
}

export interface PreparedPictures {
  burnIn: BurnIn
  card: CardPicture | null
  logo: LogoPicture | null
  /** Where a progress bar is drawn. */
  bars: Rows[]
  /** The captions as an ASS script; null when none are burned in, for the reason in `noCaptions`. */
  captions: string | null
  noCaptions: string
  /** Where captions are drawn, as shares of the height; null when none are. */
  captionRows: { from: number; to: number } | null
  warnings: string[]
}

/**
 * Writes what ffmpeg draws over the picture, and its font, into the working folder: there the names are ours and plain,
 * while a path of the machine may hold letters that mean something in a filter graph.
 */
export async function preparePictures(request: PrepareRequest): Promise<PreparedPictures> {
  const { source, captions: style, folder } = request
  const { ass, fonts, rows, places, warnings } = await burnedCaptions(request)
  const hasCard = source.info.video === null
  const scripts: string[] = []
  const card = hasCard ? await prepareCard(request, rows) : null
  if (card) scripts.push(...card.scripts)
  const brand = await branded(request, places)
  scripts.push(...brand.scripts)
  if (ass !== null) {
    await writeFile(join(folder, captionScript), ass)
    scripts.push(captionScript)
  }
  if (scripts.length > 0)
    await writeFonts([...(card?.fonts ?? []), ...brand.fonts, ...fonts], join(folder, fontsFolder))
  const noCaptions = style === 'none' ? 'No captions were asked for.' : 'Nothing is said that could be shown.'
  const burnIn = { scripts, fonts: fontsFolder, ...(ass !== null && { captions: captionScript }) }
  return {
    burnIn,
    card: card?.picture ?? null,
    logo: brand.logo,
    bars: brand.bars,
    captions: ass,
    noCaptions,
    captionRows: rows,
    warnings: [...warnings, ...(card?.warnings ?? []), ...brand.warnings],
  }
}

const captionScript = 'captions.ass'
const fontsFolder = 'fonts'

/** What a brand draws beside the captions; nothing without one. */
async function branded(request: PrepareRequest, captions: readonly FaceBox[]) {
  const { media, brand, size, duration, words, hook = null, faces = [], folder } = request
  if (!brand) return { logo: null, scripts: [], fonts: [], bars: [], warnings: [] }
  // A card has its title, and says who speaks.
  const isCard = request.source.info.video === null
  const open = isCard ? { ...brand, brand: { ...brand.brand, lowerThird: undefined, hookTitle: undefined } } : brand
  const prepared = await prepareOverlays({ media, open, size, duration, words, hook, captions, faces, folder })
  return { ...prepared, bars: barRows(brand.brand.progressBar) }
}

/** Captions as this ffmpeg can draw them. */
async function burnedCaptions({ media, words, captions: style, size, faces = [], brand, folder }: PrepareRequest) {
  const its = { font: brand?.fonts.captions ?? null, colours: brand?.palette.captions ?? usualColours }
  const captions = buildCaptions({ words, size, style, faces, ...its })
  if (captions.ass === null || !needsShaping(words)) return captions
  await writeFile(join(folder, captionScript), captions.ass)
  const shapes = await canShape(media, { folder, script: captionScript })
  return shapes ? captions : buildCaptions({ words, size, style, faces, ...its, canShape: false })
}

async function writeFonts(fonts: readonly FontFace[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const byName = new Map(fonts.map(({ fileName, bytes }) => [fileName, bytes]))
  await Promise.all([...byName].map(([name, bytes]) => writeFile(join(folder, name), bytes)))
}

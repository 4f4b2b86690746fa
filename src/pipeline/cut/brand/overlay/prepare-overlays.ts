import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Media } from '../../../../media/create-media.ts'
import type { FontFace } from '../../captions/font-face.ts'
import { headerOf } from '../files/open-picture.ts'
import type { OpenBrand } from '../open-brand.ts'
import type { Area } from './areas.ts'
import { drawLogo } from './draw-logo.ts'
import { placeLogo } from './place-logo.ts'
import { type OverlayRequest, writeOverlays } from './write-overlays.ts'

interface PrepareRequest extends Pick<OverlayRequest, 'size' | 'duration' | 'words' | 'hook' | 'captions' | 'faces'> {
  media: Media
  open: OpenBrand
  folder: string
  /** What else stands there all the time: the cover and the waves of a card. */
  keepOff?: readonly Area[]
}

/** A picture in ffmpeg's working folder, and where its top left goes. */
export interface LogoPicture {
  fileName: string
  x: number
  y: number
}

export interface PreparedOverlays {
  logo: LogoPicture | null
  scripts: string[]
  fonts: FontFace[]
  warnings: string[]
}

const scriptFile = 'brand.ass'
const logoFile = 'logo.png'

/** Writes a brand's logo and overlays into the working folder. @throws BrandMediaChanged, the failures of ffmpeg */
export async function prepareOverlays(request: PrepareRequest): Promise<PreparedOverlays> {
  const { open: opened, folder, size, duration, captions, keepOff = [] } = request
  const { brand, palette, fonts } = opened
  const logo = await prepareLogo(request)
  const area = logo && { start: 0, end: duration, x: logo.x, y: logo.y, w: logo.width, h: logo.height }
  const { words, hook, faces } = request
  const drawn = writeOverlays({
    brand,
    palette,
    font: fonts.titles,
    size,
    duration,
    words,
    hook,
    captions: [...captions, ...keepOff],
    faces,
    logo: area,
  })
  if (drawn.ass !== null) await writeFile(join(folder, scriptFile), drawn.ass)
  return {
    logo: logo && { fileName: logoFile, x: logo.x, y: logo.y },
    scripts: drawn.ass === null ? [] : [scriptFile],
    fonts: drawn.fonts,
    warnings: [...palette.warnings, ...drawn.warnings],
  }
}

async function prepareLogo({ media, open: { brand }, folder, size, duration, captions }: PrepareRequest) {
  const { logo } = brand
  if (!logo) return null
  const header = await headerOf(logo.file.path)
  const box = placeLogo({ logo, picture: header, size, duration, captions })
  await drawLogo({
    media,
    logo: { path: logo.file.path, opacity: logo.opacity, format: header.format },
    size: box,
    folder,
    fileName: logoFile,
  })
  return box
}

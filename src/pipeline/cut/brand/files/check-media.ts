import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../../../domain/app-error.ts'
import type { BrandFile } from '../../../../domain/brand.ts'
import { sayFileError } from '../../../../domain/say-file-error.ts'
import type { Media } from '../../../../media/create-media.ts'
import { writeAssDocument } from '../../captions/ass-document.ts'
import { BrandMediaUnusable } from './brand-errors.ts'
import { brandFont, FontProblem } from './brand-font.ts'
import { otherPictureFormat, type PictureHeader, readPictureHeader } from './picture-header.ts'

/** A file that a brand names. */
export interface Asset {
  /** Where it is named, for people. */
  field: string
  /** Absolute. */
  path: string
  /** As it was written. */
  given: string
  media: Media
}

/** Fonts with every Chinese character are 20 MB. */
const largestFont = 40_000_000
/** Larger ones are photographs of a logo. */
const largestPicture = 30_000_000
/** Pixels a side; decoded, such a picture takes 144 MB. */
const mostPixels = 6000
const leastPixels = 8

/** @throws BrandMediaUnusable, the failures of ffmpeg */
export async function checkFont(asset: Asset): Promise<BrandFile> {
  const bytes = await readAsset(asset, largestFont)
  const face = fontOf(asset, bytes)
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-font-'))
  try {
    await mkdir(join(folder, 'fonts'))
    await writeFile(join(folder, 'fonts', face.fileName), face.bytes)
    await writeFile(join(folder, 'font.ass'), sampleOf(face.family))
    let taken = ''
    await asset.media.ffmpegLines({
      args: [
        ['-f', 'lavfi', '-i', 'color=c=black:s=64x32:d=0.04', '-vf', 'ass=font.ass:fontsdir=fonts'],
        ['-frames:v', '1', '-f', 'null', '-'],
      ].flat(),
      cwd: folder,
      onLine: (line) => {
        taken = /fontselect: \(Brand [^)]*\) -> (.*)/.exec(line)?.[1] ?? taken
      },
    })
    // Where libass can't open a font it takes another one, and says nothing but this.
    if (!/Brand[ -]/.test(taken)) throw problemWith(asset, 'it can not be drawn with')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return named(asset, bytes)
}

/** @throws BrandMediaUnusable */
export async function checkLogo(asset: Asset): Promise<BrandFile> {
  const bytes = await readAsset(asset, largestPicture)
  const header = readPictureHeader(bytes)
  if (header === null) throw notAPicture(asset, bytes)
  await checkPicture(asset, header)
  return named(asset, bytes)
}

/** Whether a picture is of a sensible size, stands still and can be decoded to its end. @throws BrandMediaUnusable */
export async function checkPicture(asset: Asset, { format, width, height, moves }: PictureHeader): Promise<void> {
  if (moves) throw problemWith(asset, 'it is an animated PNG, and only still pictures are drawn')
  const size = `${width}×${height} pixels`
  if (Math.max(width, height) > mostPixels)
    throw problemWith(asset, `it has ${size}, at most ${mostPixels} a side can be used`)
  if (Math.min(width, height) < leastPixels) throw problemWith(asset, `it has only ${size}`)
  try {
    await asset.media.ffmpeg({
      args: [
        ['-xerror', '-err_detect', 'explode', '-f', format === 'png' ? 'png_pipe' : 'jpeg_pipe'],
        ['-i', `file:${asset.path}`, '-frames:v', '1', '-f', 'null', '-'],
      ].flat(),
    })
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'FFMPEG_FAILED')
      throw problemWith(asset, 'the picture is damaged or cut off', cause)
    throw cause
  }
}

/** All of a file that must not be empty. @throws BrandMediaUnusable */
export async function readAsset(asset: Asset, mostBytes: number): Promise<Buffer> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(asset.given))
    throw problemWith(asset, 'links are not read; download it and name the file')
  try {
    await using file = await open(asset.path)
    const stats = await file.stat()
    const { size } = stats
    if (!stats.isFile()) throw problemWith(asset, 'it is no file')
    if (size === 0) throw problemWith(asset, 'it is empty')
    if (size > mostBytes) throw problemWith(asset, `it is larger than ${mostBytes / 1_000_000} MB`)
    return await file.readFile()
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw problemWith(asset, sayFileError(cause, 'read'), cause)
  }
}

export function notAPicture(asset: Asset, bytes: Buffer): BrandMediaUnusable {
  const format = otherPictureFormat(bytes)
  return problemWith(asset, format === null ? 'it is no PNG or JPEG picture' : `it is ${format}; save it as PNG`)
}

export function problemWith({ field, path }: Asset, problem: string, cause?: unknown): BrandMediaUnusable {
  return new BrandMediaUnusable({ field, path, problem, cause })
}

export function named({ path }: Asset, bytes: Buffer): BrandFile {
  return { path, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function fontOf(asset: Asset, bytes: Buffer) {
  try {
    return brandFont(bytes)
  } catch (error) {
    if (error instanceof FontProblem) throw problemWith(asset, error.message)
    throw error
  }
}

function sampleOf(family: string): string {
  const colour = '&H00FFFFFF'
  const style = { name: 'sample', family, fontSize: 20, colour, outlineColour: colour, shadowColour: colour }
  return writeAssDocument({
    size: { width: 64, height: 32 },
    styles: [{ ...style, outline: 0, shadow: 0 }],
    events: [{ layer: 0, start: 0, end: 100, style: 'sample', text: 'A' }],
  })
}

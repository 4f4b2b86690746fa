import { open, stat } from 'node:fs/promises'
import { AppError } from '../../../../domain/app-error.ts'
import type { BrandBookend } from '../../../../domain/brand.ts'
import type { MediaInfo } from '../../../../domain/media-info.ts'
import { sayFileError } from '../../../../domain/say-file-error.ts'
import { sha256OfFile } from '../../../../media/sha256-of-file.ts'
import { longestBookend } from '../../../brand-settings.ts'
import { type Asset, checkPicture, notAPicture, problemWith } from './check-media.ts'
import { otherPictureFormat, readPictureHeader } from './picture-header.ts'

/** Half a minute of the best a camera makes. */
const mostBytes = 500_000_000
/** Of a picture that stands, where nothing is said. Seconds. */
const usualStill = 2
/** Less is a flash. Seconds. */
const shortest = 0.3

/** What an intro or outro is, and how long it plays: `seconds` at most. @throws BrandMediaUnusable */
export async function checkBookend(asset: Asset, seconds: number | undefined): Promise<Omit<BrandBookend, 'fit'>> {
  const start = await startOf(asset)
  const header = readPictureHeader(start)
  if (header) {
    await checkPicture(asset, header)
    return { file: await named(asset), kind: 'still', seconds: seconds ?? usualStill }
  }
  if (otherPictureFormat(start) !== null) throw notAPicture(asset, start)
  const info = await probe(asset)
  const kind = info.video ? 'video' : 'sound'
  if (info.duration < shortest) throw problemWith(asset, `it lasts ${info.duration.toFixed(2)} s, which is too short`)
  if (seconds === undefined && info.duration > longestBookend + 0.5) {
    const found = `it lasts ${info.duration.toFixed(1)} s, and ${longestBookend} s is the most`
    throw problemWith(asset, `${found}; "seconds" beside it says how much of its beginning is played`)
  }
  return { file: await named(asset), kind, seconds: Math.min(seconds ?? longestBookend, info.duration) }
}

/** A megabyte: a header may stand behind a camera's notes. */
async function startOf(asset: Asset): Promise<Buffer> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(asset.given))
    throw problemWith(asset, 'links are not read; download it and name the file')
  try {
    const stats = await stat(asset.path)
    const { size } = stats
    if (!stats.isFile()) throw problemWith(asset, 'it is no file')
    if (size === 0) throw problemWith(asset, 'it is empty')
    if (size > mostBytes) throw problemWith(asset, `it is larger than ${mostBytes / 1_000_000} MB`)
    await using file = await open(asset.path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, 1_000_000)), 0, null, 0)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw problemWith(asset, sayFileError(cause, 'read'), cause)
  }
}

async function probe(asset: Asset): Promise<MediaInfo> {
  try {
    return await asset.media.probe(asset.path)
  } catch (cause) {
    const isAboutTheFile = cause instanceof AppError && cause.code.startsWith('MEDIA_')
    throw isAboutTheFile ? problemWith(asset, 'it is no video, sound or picture that can be read', cause) : cause
  }
}

async function named({ path }: Asset): Promise<BrandBookend['file']> {
  return { path, sha256: await sha256OfFile(path) }
}

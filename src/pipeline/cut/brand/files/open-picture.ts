import { open } from 'node:fs/promises'
import { BrandMediaChanged } from './brand-errors.ts'
import { type PictureHeader, readPictureHeader } from './picture-header.ts'

/** More than a camera puts before a picture's size. */
const headerBytes = 1_000_000

/** Size and format of a picture that was checked when the brand was read. @throws BrandMediaChanged */
export async function headerOf(path: string): Promise<PictureHeader> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0)
  const header = readPictureHeader(buffer.subarray(0, bytesRead))
  if (!header) throw new BrandMediaChanged(path)
  return header
}

/** ffmpeg's options that open one picture as what it is, whatever its name. */
export function pictureInput({ path, format }: { path: string; format: PictureHeader['format'] }): string[] {
  return ['-f', format === 'png' ? 'png_pipe' : 'jpeg_pipe', '-i', `file:${path}`]
}

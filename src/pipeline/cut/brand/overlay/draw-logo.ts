import type { Media } from '../../../../media/create-media.ts'
import { pictureInput } from '../files/open-picture.ts'
import type { PictureHeader } from '../files/picture-header.ts'

interface LogoRequest {
  media: Media
  logo: { path: string; format: PictureHeader['format']; opacity: number }
  size: { width: number; height: number }
  folder: string
  fileName: string
}

/**
 * Writes the logo at the size it is drawn at. Scaled as it is, what lies unseen under its transparent pixels would show as a
 * rim; multiplied by its transparency first, it does not. In the colours of HD video, as players take clips to be.
 */
export async function drawLogo({ media, logo, size, folder, fileName }: LogoRequest): Promise<void> {
  const filters = [
    scaledLogo(`${size.width}:${size.height}`),
    'format=rgba',
    ...(logo.opacity < 1 ? [`colorchannelmixer=aa=${logo.opacity.toFixed(3)}`] : []),
  ]
  await media.ffmpeg({
    args: [
      pictureInput(logo),
      ['-frames:v', '1', '-vf', filters.join(','), '-fflags', '+bitexact', '-flags:v', '+bitexact'],
      ['-f', 'image2', '-update', '1', '-y', fileName],
    ].flat(),
    cwd: folder,
  })
}

/** Scales a picture with transparent parts, as `scale` takes sizes. */
export function scaledLogo(size: string): string {
  return `format=gbrap,premultiply=inplace=1,scale=${size}:flags=area+accurate_rnd,unpremultiply=inplace=1`
}

/** A piece of a chain of filters that lays the logo over the picture; a still picture stays to the end. */
export function logoFilters(logo: { input: number; x: number; y: number }): string {
  const marked = `[${logo.input}:v]scale=out_color_matrix=bt709:flags=accurate_rnd,format=yuva420p[logo]`
  return `null[unmarked];${marked};[unmarked][logo]overlay=x=${logo.x}:y=${logo.y}`
}

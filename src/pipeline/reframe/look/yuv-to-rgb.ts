import type { RgbPicture } from '../face-detector.ts'

/**
 * Planar 4:2:0 as ffmpeg's `yuv420p` writes it, to red, green and blue (ITU-R BT.601, limited range, in 16-bit fixed point).
 * For finding faces the difference to BT.709 does not matter.
 */
export function yuvToRgb({ width, height, pixels }: { width: number; height: number; pixels: Uint8Array }): RgbPicture {
  const half = width / 2
  const reds = width * height
  const blues = reds + half * (height / 2)
  const rgb = new Uint8Array(3 * width * height)
  // `at` is counted up along with the loops; indexes are in range, hence `| 0` where a value is read.
  let at = 0
  for (let y = 0; y < height; y++) {
    const row = y * width
    const colours = (y >> 1) * half
    for (let x = 0; x < width; x++) {
      const light = ((pixels[row + x] as number) - 16) * 76309
      const blue = (pixels[reds + colours + (x >> 1)] as number) - 128
      const red = (pixels[blues + colours + (x >> 1)] as number) - 128
      rgb[at++] = toByte((light + 104597 * red) >> 16)
      rgb[at++] = toByte((light - 25675 * blue - 53279 * red) >> 16)
      rgb[at++] = toByte((light + 132201 * blue) >> 16)
    }
  }
  return { width, height, pixels: rgb }
}

function toByte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}

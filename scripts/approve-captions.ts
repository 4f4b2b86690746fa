// Run this after a wanted change of how captions look, LOOK at the pictures in test/fixtures/captions, and commit them.
import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { captionStyles } from '../src/domain/clip.ts'
import { drawSheet, sheetSize } from '../test/support/caption-sheet.ts'

const ffmpeg = 'ffmpeg'
const folder = join(import.meta.dirname, '../test/fixtures/captions')
await mkdir(folder, { recursive: true })
for (const style of captionStyles.filter((name) => name !== 'none')) {
  const { pixels } = await drawSheet(style, { ffmpeg })
  await writePng(join(folder, `${style}.png`), pixels)
}

function writePng(path: string, pixels: Buffer): Promise<void> {
  const size = `${sheetSize.width}x${sheetSize.height}`
  const input = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-video_size', size, '-i', '-']
  return new Promise((resolve, reject) => {
    const child = execFile(
      ffmpeg,
      ['-v', 'error', '-y', ...input, '-frames:v', '1', '-compression_level', '100', '-pred', 'mixed', path],
      (error) => (error ? reject(error) : resolve()),
    )
    child.stdin?.end(pixels)
  })
}

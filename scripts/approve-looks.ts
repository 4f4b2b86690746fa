// Run it after you have looked at what brands and audiograms draw now and like it: `node scripts/approve-looks.ts`.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { drawLooks, lookSheets, sheetSize } from '../test/support/look-sheet.ts'

const folder = join(import.meta.dirname, '../test/fixtures/looks')
mkdirSync(folder, { recursive: true })
for (const sheet of lookSheets) {
  const { pixels } = await drawLooks(sheet, 'ffmpeg')
  const size = `${sheetSize.width}x${sheetSize.height}`
  const input = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-s', size, '-i', '-']
  const output = ['-fflags', '+bitexact', '-frames:v', '1', '-y', join(folder, `${sheet}.png`)]
  execFileSync('ffmpeg', ['-v', 'error', ...input, ...output], { input: pixels })
}

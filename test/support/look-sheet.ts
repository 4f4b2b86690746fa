import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type AudiogramLook, aspects, frameSizes } from '../../src/domain/clip.ts'
import { brandPalette } from '../../src/pipeline/cut/brand/colours/brand-palette.ts'
import { writeOverlays } from '../../src/pipeline/cut/brand/overlay/write-overlays.ts'
import type { FontFace } from '../../src/pipeline/cut/captions/font-face.ts'
import { drawAudiogram } from '../../src/pipeline/cut/card/audiogram/draw-audiogram.ts'
import { samplesPerSecond } from '../../src/pipeline/cut/card/audiogram/read-samples.ts'
import { placeAudiogram } from '../../src/pipeline/cut/card/place-audiogram.ts'

/** What is looked at: what a brand draws, and each look of an audiogram that moves. */
export const lookSheets = ['brand', 'waveform', 'bars', 'speakers'] as const
export type LookSheet = (typeof lookSheets)[number]

/** A fifth of a clip's size: letters and bars can still be told apart. */
const shrunk = aspects.map((aspect) => ({
  width: 2 * Math.round(frameSizes[aspect].width / 10),
  height: 2 * Math.round(frameSizes[aspect].height / 10),
}))
export const sheetSize = {
  width: shrunk.reduce((sum, { width }) => sum + width, 0),
  height: Math.max(...shrunk.map(({ height }) => height)),
}
/** Of the plain background, 0 to 255. */
export const background = 34
/** What is seen after this many seconds. */
const moment = 0.95
const duration = 3

const palette = brandPalette({ text: '#FFF6E5', accent: '#FFC95C', box: '#5B3FA8', background: '#2B2154' })
const people = [{ speaker: 'Nora', name: 'Nora Lind', role: 'Host' }]
const words = [
  { text: 'Hello', start: 0, end: 1.6, speaker: 'Nora' },
  { text: 'hi', start: 1.7, end: 3, speaker: 'Felix' },
]

/** Syllables of a tone that rises, with a pause. */
function samples(): Float32Array {
  return Float32Array.from({ length: duration * samplesPerSecond }, (_, i) => {
    const time = i / samplesPerSecond
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 2.3 * time)) * (time > 2 && time < 2.3 ? 0 : 1)
    return 0.4 * syllable * Math.sin(2 * Math.PI * (180 + 300 * time) * time)
  })
}

function draw(sheet: LookSheet, size: { width: number; height: number }): { ass: string; fonts: FontFace[] } {
  if (sheet !== 'brand') {
    const look: Exclude<AudiogramLook, 'still'> = sheet
    const box = placeAudiogram(look, size, null).audiogram ?? { x: 0, y: 0, ...size }
    return drawAudiogram({
      look,
      samples: samples(),
      duration,
      size,
      box,
      words,
      people,
      names: true,
      palette,
      font: null,
    })
  }
  const captions = [{ start: 0, end: 3, x: 0, y: 0.62 * size.height, w: size.width, h: 0.16 * size.height }]
  const drawn = writeOverlays({
    brand: {
      lowerThird: { seconds: 3, people },
      progressBar: { place: 'bottom', height: 0.02 },
      hookTitle: { seconds: 3 },
    },
    palette,
    font: null,
    size,
    duration,
    words,
    hook: 'Why a baker gets up at two, להתראות, 面包',
    captions,
    faces: [],
    logo: null,
  })
  return { ass: drawn.ass ?? '', fonts: drawn.fonts }
}

/** One look in all four shapes side by side on a plain background, as brightness of each pixel, and what ffmpeg said. */
export async function drawLooks(sheet: LookSheet, ffmpeg: string): Promise<{ pixels: Buffer; log: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'look-sheet-'))
  try {
    await mkdir(join(folder, 'fonts'))
    const grey = `0x${background.toString(16).repeat(3)}`
    const tiles = await Promise.all(
      shrunk.map(async (size, i) => {
        const { ass, fonts } = draw(sheet, size)
        for (const { fileName, bytes } of fonts) await writeFile(join(folder, 'fonts', fileName), bytes)
        await writeFile(join(folder, `${i}.ass`), ass)
        const source = `color=c=${grey}:s=${size.width}x${size.height}:r=25:d=0.04,format=gbrp`
        return `${source},setpts=PTS+${moment}/TB,ass=${i}.ass:fontsdir=fonts,setpts=0,setsar=1[t${i}]`
      }),
    )
    const canvas = `color=c=${grey}:s=${sheetSize.width}x${sheetSize.height}:r=25:d=0.04,format=gbrp[s0]`
    const overlays = tiles.map((_, i) => {
      const x = shrunk.slice(0, i).reduce((sum, { width }) => sum + width, 0)
      return `[s${i}][t${i}]overlay=${x}:0:format=rgb[s${i + 1}]`
    })
    const graph = [canvas, ...tiles, ...overlays, `[s${tiles.length}]format=gray[out]`].join(';')
    const { stdout, stderr } = await promisify(execFile)(
      ffmpeg,
      ['-hide_banner', '-filter_complex', graph, '-map', '[out]', '-frames:v', '1', '-f', 'rawvideo', '-'],
      { cwd: folder, encoding: 'buffer', maxBuffer: 2 ** 26 },
    )
    return { pixels: stdout, log: stderr.toString() }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

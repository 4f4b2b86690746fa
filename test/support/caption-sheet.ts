import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { CaptionStyle } from '../../src/domain/clip.ts'
import { buildCaptions } from '../../src/pipeline/cut/captions/build-captions.ts'
import type { ClipWord } from '../../src/pipeline/cut/captions/clip-word.ts'

/** What is said in each script; the last ones mix scripts and directions. */
export const spoken: Record<string, string> = {
  latin: 'In 2019 Maria Lopez sold 1,200 loaves before breakfast.',
  greek: 'Η Μαρία πούλησε 25 ψωμιά πριν από το πρωινό.',
  cyrillic: 'В 2019 году Мария продала сорок буханок хлеба.',
  arabic: 'باعت ماريا لوبيز 1,200 رغيف خبز قبل الفجر',
  hebrew: 'מריה מכרה (באמת) 25 כיכרות לחם לפני הבוקר!',
  devanagari: 'मारिया ने सुबह से पहले 25 क्षत्रिय विद्यार्थी देखे',
  thai: 'มารีอาขายขนมปังที่นี่ 24 ชั่วโมงทุกวันก่อนเช้า',
  chinese: '玛丽亚今天卖了一千二百个面包，没有人相信她的秘方。',
  japanese: 'マリアは今日、朝食の前に直接パンを千個も売りました。',
  korean: '마리아는 오늘 아침 식사 전에 빵을 2019개나 팔았어요',
  emoji: 'So good 👍🔥 really ❤️ wow 😂 👍🏽 🇩🇪',
  mixed: 'אמרתי ב-React 25 פעמים iPhone手机 OK שלום',
}

/** Size of a picture, pixels: a clip's at a fifth, so that letters can still be told apart. */
export const picture = { width: 216, height: 384 }
/** Rows of it that are kept: captions are nowhere else. */
const rows = { from: 0.4, height: 0.38 }
export const tile = { width: picture.width, height: 2 * Math.round((rows.height * picture.height) / 2) }
const columns = 3

/** Width and height of a sheet: a tile for each script. */
export const sheetSize = {
  width: columns * tile.width,
  height: Math.ceil(Object.keys(spoken).length / columns) * tile.height,
}

/** What is seen after this many seconds. */
const moment = 1.5
/** Of the plain background, 0 to 255. */
export const background = 112

function wordsOf(text: string): ClipWord[] {
  const words = text.split(' ')
  const pace = words.length < 4 ? 4 / words.length : 0.4
  return words.map((word, i) => ({
    text: word,
    start: i * pace,
    end: (i + 0.9) * pace,
    speaker: i < 6 ? 'Nora' : 'Gerald',
  }))
}

/** A style in every script on a plain background, as brightness of each pixel (0 to 255), and what ffmpeg said. */
export async function drawSheet(
  style: CaptionStyle,
  { ffmpeg, canShape = true }: { ffmpeg: string; canShape?: boolean },
): Promise<{ pixels: Buffer; log: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'caption-sheet-'))
  try {
    await mkdir(join(folder, 'fonts'))
    const grey = `0x${background.toString(16).repeat(3)}`
    const tiles = await Promise.all(
      Object.entries(spoken).map(async ([script, text], i) => {
        const { ass, fonts } = buildCaptions({ words: wordsOf(text), size: picture, style, canShape })
        for (const { fileName, bytes } of fonts) await writeFile(join(folder, 'fonts', fileName), bytes)
        if (ass !== null) await writeFile(join(folder, `${script}.ass`), ass)
        const burn = ass === null ? '' : `,ass=${script}.ass:fontsdir=fonts`
        const source = `color=c=${grey}:s=${picture.width}x${picture.height}:r=25:d=0.04,format=gbrp`
        const crop = `crop=${tile.width}:${tile.height}:0:${Math.round(rows.from * picture.height)}`
        return `${source},setpts=PTS+${moment}/TB${burn},${crop},setpts=0,setsar=1[t${i}]`
      }),
    )
    const places = tiles.map((_, i) => {
      const [x, y] = [(i % columns) * tile.width, Math.floor(i / columns) * tile.height]
      return { pad: `[t${i}]`, x, y }
    })
    const canvas = `color=c=${grey}:s=${sheetSize.width}x${sheetSize.height}:r=25:d=0.04,format=gbrp[s0]`
    // `xstack` is not in builds from 2018.
    const overlays = places.map(({ pad, x, y }, i) => `[s${i}]${pad}overlay=${x}:${y}:format=rgb[s${i + 1}]`)
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

/** The pixels of one script in a sheet. */
export function tileOf(sheet: Buffer, script: string): Buffer {
  const i = Object.keys(spoken).indexOf(script)
  const [left, top] = [(i % columns) * tile.width, Math.floor(i / columns) * tile.height]
  const lines = Array.from({ length: tile.height }, (_, y) => {
    const at = (top + y) * sheetSize.width + left
    return sheet.subarray(at, at + tile.width)
  })
  return Buffer.concat(lines)
}

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMedia } from '../../src/media/create-media.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { mediaInput } from '../../src/media/media-input.ts'

type Colour = 'red' | 'green' | 'blue' | 'dark' | 'light'
export type Corners = Record<'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight' | 'middle', Colour>

/** What colour the corners and the middle of a picture have, one second into a clip. */
export async function cornersOf(path: string): Promise<Corners> {
  const pixels = await tinyPicture(path, { width: 9, height: 16 })
  return {
    topLeft: pixels(0, 0),
    topRight: pixels(8, 0),
    bottomLeft: pixels(0, 15),
    bottomRight: pixels(8, 15),
    middle: pixels(4, 7),
  }
}

async function tinyPicture(path: string, { width, height }: { width: number; height: number }) {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-look-'))
  const media = createMedia({ tools: await findMediaTools({}) })
  await media.ffmpeg({
    args: [
      ...mediaInput(path, ['-ss', '1']),
      ...['-frames:v', '1', '-vf', `scale=${width}:${height}:flags=area,format=rgb24`, '-f', 'rawvideo', 'pixels'],
    ],
    cwd: folder,
  })
  const bytes = await readFile(join(folder, 'pixels'))
  await rm(folder, { recursive: true })
  return (x: number, y: number): Colour => nameOf(bytes.subarray(3 * (y * width + x)))
}

function nameOf([red = 0, green = 0, blue = 0]: Uint8Array): Colour {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  if (most - least < 60) return most < 128 ? 'dark' : 'light'
  return most === red ? 'red' : most === green ? 'green' : 'blue'
}

/** The loudest sample of a clip, in decibels below full scale. */
export async function peakOf(path: string): Promise<number> {
  const media = createMedia({ tools: await findMediaTools({}) })
  let peak = Number.NaN
  await media.ffmpegLines({
    args: [...mediaInput(path), '-vn', '-af', 'volumedetect', '-f', 'null', '-'],
    onLine: (line) => {
      const found = /max_volume: (-?[\d.]+) dB/.exec(line)
      if (found) peak = Number(found[1])
    },
  })
  return peak
}

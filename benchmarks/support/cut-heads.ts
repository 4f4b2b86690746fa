import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Media } from '../../src/media/create-media.ts'
import { mediaInput } from '../../src/media/media-input.ts'
import type { ShareBox } from '../../src/pipeline/reframe/face-detector.ts'

/** A head cut out of a recording, as a short film of its own. */
export interface Head {
  name: string
  isReal: boolean
  path: string
  /** Pixels. */
  width: number
  height: number
  /** Its face, in shares of it. */
  face: ShareBox
}

interface Cutting {
  name: string
  isReal: boolean
  source: string
  /** Seconds of the source. */
  from: number
  seconds: number
  /** Pixels of the source. */
  patch: { x: number; y: number; width: number; height: number }
  /** Pixels of the source; all of what is a face during that time, forehead to chin. */
  face: { x: number; y: number; width: number; height: number }
}

/** The two people of the demo, in its wide shot. */
export function drawnHeads(media: Media, folder: string): Promise<Head[]> {
  const source = new URL('../../examples/night-bakery.mp4', import.meta.url).pathname
  const cut = { isReal: false, source, from: 28, seconds: 4 }
  return cutHeads(media, folder, [
    {
      ...cut,
      name: 'drawn-host',
      patch: { x: 210, y: 170, width: 200, height: 250 },
      face: { x: 262, y: 225, width: 100, height: 145 },
    },
    {
      ...cut,
      name: 'drawn-baker',
      patch: { x: 860, y: 170, width: 200, height: 250 },
      face: { x: 915, y: 225, width: 95, height: 135 },
    },
  ])
}

/** Two real people in dim light, where the folder with real recordings is there. */
export function realHeads(media: Media, folder: string): Promise<Head[]> {
  const source = join(process.env['CLIPWRIGHT_TEST_MEDIA'] ?? '/nowhere', 'openshorts-source.mp4')
  if (!existsSync(source)) return Promise.resolve([])
  const cut = { isReal: true, source }
  return cutHeads(media, folder, [
    {
      ...cut,
      name: 'real-woman',
      from: 0.5,
      seconds: 4,
      patch: { x: 300, y: 16, width: 170, height: 200 },
      face: { x: 358, y: 56, width: 58, height: 80 },
    },
    {
      ...cut,
      name: 'real-man',
      from: 7.6,
      seconds: 3,
      patch: { x: 150, y: 12, width: 180, height: 200 },
      face: { x: 205, y: 45, width: 78, height: 100 },
    },
  ])
}

function cutHeads(media: Media, folder: string, cuttings: Cutting[]): Promise<Head[]> {
  return Promise.all(
    cuttings.map(async ({ name, isReal, source, from, seconds, patch, face }) => {
      const path = join(folder, `${name}.mp4`)
      const crop = `crop=${patch.width}:${patch.height}:${patch.x}:${patch.y}`
      await media.ffmpeg({
        args: [
          ...mediaInput(source, ['-ss', String(from), '-t', String(seconds)]),
          ...['-an', '-vf', `${crop},fps=25`, '-c:v', 'libx264', '-preset', 'veryfast', '-qp', '4', '-y', path],
        ],
      })
      return {
        name,
        isReal,
        path,
        width: patch.width,
        height: patch.height,
        face: {
          x: (face.x - patch.x) / patch.width,
          y: (face.y - patch.y) / patch.height,
          width: face.width / patch.width,
          height: face.height / patch.height,
        },
      }
    }),
  )
}

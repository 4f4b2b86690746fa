import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Media } from '../../src/media/create-media.ts'
import { mediaInput } from '../../src/media/media-input.ts'
import type { ShareBox } from '../../src/pipeline/reframe/face-detector.ts'
import type { Speech } from '../../src/pipeline/reframe/who-speaks.ts'

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

/** A film in which it is known where every face is. */
export interface HeadFilm {
  name: string
  isReal: boolean
  path: string
  /** Seconds. */
  duration: number
  /** Where the face of whoever speaks is, in shares of the picture; null while it can't be seen. */
  speakerAt: (time: number) => ShareBox | null
  speeches: Speech[]
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

/** A place that changes with time, for ffmpeg and for us; shares of the picture. */
interface Place {
  at: (time: number) => number
  expression: string
}

const still = (share: number): Place => ({ at: () => share, expression: String(share) })
const line = (from: number, speed: number): Place => ({
  at: (time) => from + speed * time,
  expression: `(${from}+${speed}*t)`,
})
const swing = (middle: number, width: number, pace: number): Place => ({
  at: (time) => middle + width * Math.sin(pace * time),
  expression: `(${middle}+${width}*sin(${pace}*t))`,
})
const change = (from: number, to: number, start: number, seconds: number): Place => ({
  at: (time) => from + (to - from) * Math.min(1, Math.max(0, (time - start) / seconds)),
  expression: `(${from}+${to - from}*clip((t-${start})/${seconds},0,1))`,
})

interface Actor {
  head: Head
  /** Middle of the head's patch. */
  x: Place
  y: number
  /** Height of the patch in shares of the picture. */
  height: number
  /** When it moves its mouth; always unless told. */
  speaks?: [number, number][]
  /** When it can be seen; always unless told. */
  seen?: [number, number][]
}

interface Script {
  name: string
  wall: string
  seconds: number
  actors: Actor[]
}

const walls = ['color=0x40586a', 'color=0x7a6a58', 'mandelbrot=end_scale=0.3:start_scale=0.3']

/** All films for each pair of heads: sitting, walking, swaying, getting up, gone for a while, cut to, small, two who take turns. */
export async function makeHeadFilms({
  media,
  heads,
  folder,
  size,
}: {
  media: Media
  heads: Head[]
  folder: string
  size: { width: number; height: number }
}): Promise<HeadFilm[]> {
  const films: HeadFilm[] = []
  for (const isReal of [false, true]) {
    const [one, other] = heads.filter((head) => head.isReal === isReal)
    if (!one || !other) continue
    for (const script of scriptsFor(one, other)) films.push(await shoot(script, { media, folder, size }))
  }
  return films
}

function scriptsFor(one: Head, other: Head): Script[] {
  const [plain = '', brown = '', busy = ''] = walls
  const alone = (name: string, wall: string, actor: Omit<Actor, 'y' | 'height'> & Partial<Actor>): Script => ({
    name,
    wall,
    seconds: 8,
    actors: [{ y: 0.5, height: 0.6, ...actor }],
  })
  const turns = (list: number[]): [[number, number][], [number, number][]] => {
    const spans = list.slice(1).map((end, i): [number, number] => [list[i] ?? 0, end])
    return [spans.filter((_span, i) => i % 2 === 0), spans.filter((_span, i) => i % 2 === 1)]
  }
  const pair = (name: string, wall: string, [left, right]: [[number, number][], [number, number][]]): Script => ({
    name,
    wall,
    seconds: 12,
    actors: [
      { head: one, x: still(0.22), y: 0.5, height: 0.5, speaks: left },
      { head: other, x: still(0.78), y: 0.5, height: 0.5, speaks: right },
    ],
  })
  return [
    alone('sits on the left', plain, { head: one, x: still(0.2) }),
    alone('sits on the right', busy, { head: other, x: still(0.8) }),
    alone('walks through', brown, { head: one, x: line(0.15, 0.08), height: 0.4 }),
    alone('sways', busy, { head: other, x: swing(0.5, 0.18, 0.9) }),
    alone('gets up and sits elsewhere', plain, { head: one, x: change(0.25, 0.72, 3, 2.2) }),
    alone('hides for two seconds', brown, {
      head: other,
      x: still(0.68),
      seen: [
        [0, 3],
        [5, 8],
      ],
    }),
    alone('is small', plain, { head: one, x: still(0.72), y: 0.4, height: 0.32 }),
    {
      name: 'cut to the other',
      wall: plain,
      seconds: 8,
      actors: [
        { head: one, x: still(0.24), y: 0.5, height: 0.6, seen: [[0, 4]] },
        { head: other, x: still(0.76), y: 0.5, height: 0.6, seen: [[4, 8]] },
      ],
    },
    pair('two take turns', plain, turns([0, 4, 7.5, 12])),
    pair('two take quick turns', brown, turns([0, 1.8, 3.4, 5.2, 7, 8.6, 10.4, 12])),
  ]
}

interface Shooting {
  media: Media
  folder: string
  size: { width: number; height: number }
}

async function shoot({ name, wall, seconds, actors }: Script, { media, folder, size }: Shooting): Promise<HeadFilm> {
  const isReal = actors[0]?.head.isReal ?? false
  const path = join(folder, `${isReal ? 'real' : 'drawn'}-${name.replaceAll(' ', '-')}.mp4`)
  const patches = actors.map((actor) => patchSize(actor, size))
  const chains = actors.flatMap(({ head: _head, x, y, speaks, seen = [[0, seconds]] }, i) => {
    const { width = 2, height = 2 } = patches[i] ?? {}
    const at = `x='${x.expression}*W-w/2':y='${y}*H-h/2'`
    const scaled = `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p`
    const mouths = speaks ?? seen
    return [
      `[${i}:v]setpts=PTS-STARTPTS,${scaled},split[talk${i}][mute${i}]`,
      `[mute${i}]trim=end_frame=1,loop=loop=-1:size=1:start=0,fps=25,setpts=N/25/TB[still${i}]`,
      `[base${i}][still${i}]overlay=${at}:shortest=0:eof_action=repeat:enable='${during(seen)}'[mid${i}]`,
      `[mid${i}][talk${i}]overlay=${at}:eof_action=repeat:enable='(${during(mouths)})*(${during(seen)})'[base${i + 1}]`,
    ]
  })
  const wallSource = `${wall}${wall.includes('=') ? ':' : '='}s=${size.width}x${size.height}:r=25`
  const frozen = 'trim=end_frame=1,loop=loop=-1:size=1:start=0,setpts=N/25/TB'
  await media.ffmpeg({
    args: [
      ...actors.flatMap(({ head }) => mediaInput(head.path, ['-stream_loop', '-1'])),
      '-filter_complex',
      [`${wallSource},${frozen},format=yuv420p[base0]`, ...chains, `[base${actors.length}]null[film]`].join(';'),
      ...[
        '-map',
        '[film]',
        '-t',
        String(seconds),
        '-r',
        '25',
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-crf',
        '16',
        '-y',
        path,
      ],
    ],
  })
  return {
    name: `${isReal ? 'real' : 'drawn'}: ${name}`,
    isReal,
    path,
    duration: seconds,
    speeches: speechesOf(actors, seconds),
    speakerAt: (time) => {
      const speaker = actors.find((actor) => isIn(actor.speaks ?? actor.seen ?? [[0, seconds]], time))
      if (!speaker || !isIn(speaker.seen ?? [[0, seconds]], time)) return null
      return faceOf(speaker, time, size)
    },
  }
}

function speechesOf(actors: readonly Actor[], seconds: number): Speech[] {
  return actors
    .flatMap(({ speaks, seen, head }) =>
      (speaks ?? seen ?? [[0, seconds]]).map(([start = 0, end = 0]) => ({ start, end, speaker: head.name })),
    )
    .toSorted((a, b) => a.start - b.start)
}

function patchSize({ head, height }: Actor, size: { width: number; height: number }) {
  const high = Math.round((height * size.height) / 2) * 2
  return { width: Math.round((high * head.width) / head.height / 2) * 2, height: high }
}

function faceOf(actor: Actor, time: number, size: { width: number; height: number }): ShareBox {
  const patch = patchSize(actor, size)
  const [wide, high] = [patch.width / size.width, patch.height / size.height]
  const { face } = actor.head
  return {
    x: actor.x.at(time) - wide / 2 + face.x * wide,
    y: actor.y - high / 2 + face.y * high,
    width: face.width * wide,
    height: face.height * high,
  }
}

function during(spans: readonly [number, number][]): string {
  return spans.map(([start, end]) => `gte(t,${start})*lt(t,${end})`).join('+')
}

function isIn(spans: readonly (readonly [number, number])[], time: number): boolean {
  return spans.some(([start, end]) => time >= start && time < end)
}

import type { Head } from './cut-heads.ts'

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

export interface Actor {
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

export interface Script {
  name: string
  wall: string
  seconds: number
  actors: Actor[]
}

const walls = ['color=0x40586a', 'color=0x7a6a58', 'mandelbrot=end_scale=0.3:start_scale=0.3']

/** Sitting, walking, swaying, getting up, gone for a while, small, cut to, two who take turns. */
export function scriptsFor(one: Head, other: Head): Script[] {
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

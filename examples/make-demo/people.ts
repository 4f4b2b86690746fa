import { type Brush, blob, ellipse, moved, type Placement, type Point, rectangle, stroke } from './canvas.ts'
import type { Speaker } from './screenplay.ts'

/** How someone sits and looks at one instant; 0 is at rest, 1 is fully there. */
export type Pose = {
  mouthOpen: number
  mouthWide: number
  smile: number
  brows: number
  blink: number
  breath: number
  /** Head offset in pixels of the drawing, and its tilt in degrees. */
  headX: number
  headY: number
  tilt: number
}

/** The centre of each one's face in the room, and which way they look. */
export const seats = {
  Nora: { x: 310, y: 306, turn: 1 },
  Felix: { x: 970, y: 300, turn: -1 },
} satisfies Record<Speaker, { x: number; y: number; turn: number }>

const size = 0.66

export function drawPerson(brush: Brush, who: Speaker, pose: Pose) {
  const seat = seats[who]
  const body = moved(brush, ([x, y]) => [seat.x + x * size, seat.y + (y - pose.breath * 4) * size])
  const head = moved(body, headPlacement(pose))
  if (who === 'Nora') drawNora(body, head, pose)
  else drawFelix(body, head, pose)
}

function headPlacement({ headX, headY, tilt }: Pose): Placement {
  const angle = (tilt * Math.PI) / 180
  const neck = 95
  return ([x, y]) => [
    headX + x * Math.cos(angle) - (y - neck) * Math.sin(angle),
    headY + neck + x * Math.sin(angle) + (y - neck) * Math.cos(angle),
  ]
}

type Looks = { skin: string; shade: string; blush: string; brow: string; iris: string; lips: string; turn: number }

const nora: Looks = {
  skin: '#c98d66',
  shade: '#b3764f',
  blush: '#d9735a',
  brow: '#2a1a20',
  iris: '#4a2c1d',
  lips: '#a8443f',
  turn: 1,
}
const felix: Looks = {
  skin: '#f0c5a2',
  shade: '#dca781',
  blush: '#e88d72',
  brow: '#8f4526',
  iris: '#3f6f86',
  lips: '#e0917b',
  turn: -1,
}

function drawNora(body: Brush, head: Brush, pose: Pose) {
  const hair = '#2e1c24'
  const curls: [x: number, y: number, radius: number][] = [
    [-96, 74, 36],
    [-110, 28, 40],
    [-108, -24, 42],
    [-88, -72, 42],
    [-50, -108, 42],
    [0, -122, 42],
    [50, -108, 42],
    [88, -72, 42],
    [106, -24, 40],
    [106, 28, 38],
    [94, 72, 34],
  ]
  for (const [x, y, radius] of curls) head(ellipse(x, y, radius), hair)
  head(ellipse(0, -14, 104, 108), hair)
  drawTorso(body, '#e0a43a', '#c78a28')
  drawNeck(body, nora)
  body(
    blob([-52, 138], [-30, 152], [0, 157], [30, 152], [52, 138], [60, 166], [30, 184], [-30, 184], [-60, 166]),
    '#efb850',
  )
  drawFace(head, nora, pose)
  head(
    blob(
      [-84, -14],
      [-80, -70],
      [-40, -108],
      [20, -112],
      [70, -84],
      [86, -20],
      [70, -52],
      [30, -74],
      [-20, -66],
      [-62, -44],
    ),
    hair,
  )
  for (const [x, y, radius] of [
    [-66, -68, 25],
    [-34, -88, 27],
    [4, -94, 27],
    [40, -86, 26],
    [68, -64, 23],
  ] as const)
    head(ellipse(x, y, radius), hair)
  for (const [x, y, radius] of [
    [-50, -104, 14],
    [8, -122, 15],
    [56, -96, 13],
    [-92, -50, 13],
    [96, -30, 12],
  ] as const)
    head(ellipse(x, y, radius), '#47303a')
  drawHeadphones(head, '#f1dfbf', '#d96f4b', 122)
  drawMouth(head, nora, pose)
}

function drawFelix(body: Brush, head: Brush, pose: Pose) {
  const hair = '#b35a2c'
  drawTorso(body, '#e8e6df', '#d0ccc4')
  for (let y = 186; y < 420; y += 40) body(rectangle(-150 - y * 0.06, y, 300 + y * 0.12, 15), '#3d5a80')
  drawNeck(body, felix)
  body(blob([-56, 134], [0, 160], [56, 134], [66, 152], [0, 186], [-66, 152]), '#f4f2ec')
  drawApron(body)
  head(blob([-88, 6], [-92, -50], [-70, -112], [0, -130], [70, -112], [92, -50], [88, 6], [0, -20]), hair)
  drawFace(head, felix, pose)
  drawBeard(head, hair)
  head(
    blob(
      [-84, -22],
      [-88, -74],
      [-56, -116],
      [10, -134],
      [66, -116],
      [90, -70],
      [82, -24],
      [72, -62],
      [30, -84],
      [-24, -78],
      [-66, -62],
    ),
    hair,
  )
  head(blob([-60, -96], [-20, -124], [50, -118], [72, -92], [20, -106], [-30, -100]), '#cb7440')
  drawHeadphones(head, '#2b2b3b', '#4f8a8b', 116)
  drawMouth(head, felix, pose)
}

function drawTorso(body: Brush, colour: string, shade: string) {
  body(
    blob(
      [-40, 138],
      [-110, 160],
      [-176, 190],
      [-204, 270],
      [-216, 430],
      [-120, 470],
      [120, 470],
      [216, 430],
      [204, 270],
      [176, 190],
      [110, 160],
      [40, 138],
    ),
    colour,
  )
  body(blob([-150, 262], [-140, 300], [-138, 440], [-152, 440], [-152, 330]), shade)
  body(blob([150, 262], [140, 300], [138, 440], [152, 440], [152, 330]), shade)
}

function drawNeck(body: Brush, { skin, shade }: Looks) {
  body(blob([-40, 60], [40, 60], [42, 120], [54, 146], [0, 170], [-54, 146], [-42, 120]), skin)
  body(blob([-40, 86], [0, 118], [40, 86], [41, 116], [0, 140], [-41, 116]), shade)
}

function drawApron(body: Brush) {
  body(stroke(20, [-62, 150], [-86, 250]), '#2f3e4e')
  body(stroke(20, [62, 150], [86, 250]), '#2f3e4e')
  body(rectangle(-100, 240, 200, 260, 14), '#2f3e4e')
  body(rectangle(-46, 292, 92, 60, 8), '#263341')
  body(stroke(4, [-26, 292], [-24, 272]), '#e2a63b')
}

function drawBeard(head: Brush, colour: string) {
  head(
    blob(
      [-83, -6],
      [-80, 46],
      [-58, 98],
      [0, 128],
      [58, 98],
      [80, 46],
      [83, -6],
      [68, 26],
      [40, 36],
      [0, 32],
      [-40, 36],
      [-68, 26],
    ),
    colour,
  )
  head(blob([-40, 108], [0, 124], [40, 108], [20, 118], [0, 120], [-20, 118]), '#9a4a22')
}

function drawFace(head: Brush, looks: Looks, pose: Pose) {
  const { skin, shade, blush, turn } = looks
  head(
    blob(
      [0, -112],
      [56, -98],
      [83, -46],
      [81, 14],
      [64, 66],
      [34, 100],
      [0, 110],
      [-34, 100],
      [-64, 66],
      [-81, 14],
      [-83, -46],
      [-56, -98],
    ),
    skin,
  )
  const far = -turn
  head(
    blob(
      [far * 83, -40],
      [far * 81, 14],
      [far * 64, 66],
      [far * 34, 100],
      [far * 50, 60],
      [far * 66, 10],
      [far * 72, -30],
    ),
    shade,
    0.75,
  )
  for (const side of [-1, 1]) head(ellipse(side * 48 + turn * 9, 24, 18, 12), blush, 0.28)
  for (const side of [-1, 1] as const) drawEye(head, looks, pose, side)
  drawNose(head, looks)
}

function drawEye(head: Brush, { skin, shade, brow, iris, turn }: Looks, { blink, brows }: Pose, side: -1 | 1) {
  const x = side * (side === turn ? 34 : 37) + turn * 12
  const y = -14
  const open = Math.max(0.06, 1 - blink)
  head(ellipse(x, y - 2, 23, 17), shade, 0.45)
  head(ellipse(x, y, 18, 12.5 * open), '#fffaf2')
  if (open > 0.3) {
    head(ellipse(x + turn * 4, y, 9.4, Math.min(9.4, 12 * open)), iris)
    head(ellipse(x + turn * 4, y, 4.6, Math.min(4.6, 12 * open)), '#16110f')
    head(ellipse(x + turn * 4 - 3, y - 4, 2.8), '#ffffff')
  } else head(ellipse(x, y, 19, 8), skin)
  const lid = open > 0.3 ? y - 12.5 * open : y + 1
  const sag = open > 0.3 ? 6 * open : -5
  head(stroke(5, [x - 19, lid + sag], [x, lid - 1], [x + 19, lid + sag]), brow)
  const lift = y - 33 - brows * 9
  head(stroke(8, [x - side * 21, lift - 1], [x + side * 3, lift - 6], [x + side * 22, lift + 3]), brow)
}

function drawNose(head: Brush, { shade, turn }: Looks) {
  const x = turn * 15
  head(
    blob([x - turn * 8, -14], [x + turn * 4, 8], [x + turn * 13, 24], [x, 33], [x - turn * 13, 27], [x - turn * 4, 20]),
    shade,
    0.8,
  )
  head(stroke(4.5, [x - 11, 29], [x, 34], [x + 11, 29]), '#8a4a35', 0.7)
}

function drawMouth(head: Brush, { lips, turn }: Looks, { mouthOpen, mouthWide, smile }: Pose) {
  const x = turn * 12
  const y = 62
  const half = 25 + mouthWide * 7 + smile * 4 - mouthOpen * 5
  const corner = y - smile * 7
  if (mouthOpen < 0.08) {
    head(stroke(6.5, [x - half, corner], [x, y + 3], [x + half, corner]), lips)
    return
  }
  const drop = 4 + mouthOpen * 26
  const mouth = (grow: number): Point[] => [
    [x - half - grow, corner],
    [x - half / 2, y - 5 - grow],
    [x, y - 4 - grow],
    [x + half / 2, y - 5 - grow],
    [x + half + grow, corner],
    [x + half / 2, y + drop * 0.8 + grow],
    [x, y + drop + grow],
    [x - half / 2, y + drop * 0.8 + grow],
  ]
  head(blob(...mouth(4.5)), lips)
  head(blob(...mouth(0)), '#4a1518')
  head(
    blob(
      [x - half * 0.66, y - 2],
      [x, y - 3],
      [x + half * 0.66, y - 2],
      [x + half * 0.5, y + 4 + mouthOpen * 3],
      [x - half * 0.5, y + 4 + mouthOpen * 3],
    ),
    '#fff6ea',
  )
  if (mouthOpen > 0.45) head(ellipse(x, y + drop * 0.82, half * 0.5, drop * 0.2), '#c9605c')
}

function drawHeadphones(head: Brush, band: string, cups: string, height: number) {
  head(
    stroke(13, [-100, -12], [-96, -70], [-56, -height], [0, -height - 18], [56, -height], [96, -70], [100, -12]),
    band,
  )
  for (const side of [-1, 1]) {
    head(rectangle(side * 95 - 17, -44, 34, 76, 16), cups)
    head(rectangle(side * 104 - 8, -34, 16, 56, 8), '#20202e')
  }
}

import { type Brush, blob, ellipse, type Point, rectangle, type Shape, stroke } from './canvas.ts'

/** The bakery at night, in a world of 1280 × 720: everything behind the two people. */
export function drawRoom(brush: Brush) {
  drawWalls(brush)
  drawWindow(brush)
  drawShelf(brush)
  drawBreadRack(brush)
  drawLamp(brush, 448)
  drawLamp(brush, 832)
}

/** What stands between the camera and the people. */
export function drawTable(brush: Brush) {
  brush(rectangle(-20, 556, 1320, 190), '#6f4030')
  brush(rectangle(-20, 548, 1320, 16), '#a3654a')
  brush(rectangle(-20, 604, 1320, 5), '#613628')
  brush(rectangle(-20, 662, 1320, 5), '#613628')
  drawBoard(brush)
  drawMug(brush, 212, '#e9dcc6')
  drawMug(brush, 1052, '#4f8a8b')
  drawMicrophone(brush, 436, -1)
  drawMicrophone(brush, 844, 1)
}

function drawWalls(brush: Brush) {
  brush(rectangle(-20, -20, 660, 760), '#1f545b')
  brush(rectangle(640, -20, 660, 760), '#5a2c3d')
  for (let x = 20; x < 640; x += 62) brush(rectangle(x, -20, 3, 760), '#1a4a51')
  for (let x = 656; x < 1300; x += 62) brush(rectangle(x, -20, 3, 760), '#502637')
  brush(rectangle(-20, 430, 660, 130), '#173f48')
  brush(rectangle(640, 430, 660, 130), '#46202f')
  brush(rectangle(-20, 424, 660, 8), '#2b6a70')
  brush(rectangle(640, 424, 660, 8), '#733a4c')
}

function drawWindow(brush: Brush) {
  brush(rectangle(500, 76, 280, 330, 10), '#d9b48a')
  brush(rectangle(514, 90, 252, 302, 4), '#18213f')
  brush(rectangle(514, 210, 252, 182, 4), '#1f2b50')
  brush(rectangle(514, 300, 252, 92, 4), '#2a3963')
  brush(ellipse(706, 150, 44), '#f6e3b0', 0.12)
  brush(ellipse(706, 150, 30), '#f6e3b0')
  brush(ellipse(694, 143, 26), '#18213f')
  const stars: Point[] = [
    [540, 118],
    [580, 168],
    [556, 226],
    [616, 128],
    [670, 222],
    [740, 216],
    [602, 252],
    [742, 112],
  ]
  for (const [x, y] of stars) brush(ellipse(x, y, 2.2), '#f6e3b0', 0.9)
  const roofs: Shape = [
    [514, 392],
    [514, 330],
    [548, 304],
    [582, 330],
    [582, 318],
    [640, 318],
    [640, 342],
    [676, 306],
    [712, 342],
    [712, 326],
    [766, 326],
    [766, 392],
  ]
  brush(roofs, '#121a33')
  for (const [x, y] of [
    [540, 342],
    [600, 336],
    [618, 336],
    [672, 348],
    [732, 344],
  ] as Point[])
    brush(rectangle(x, y, 9, 13), '#f2a654')
  brush(rectangle(634, 90, 12, 302), '#d9b48a')
  brush(rectangle(514, 232, 252, 9), '#d9b48a')
  brush(rectangle(486, 400, 308, 16, 4), '#b98d62')
  drawStarterJar(brush, 590, 400)
  drawPlant(brush, 722, 400)
}

/** Gerald, the sourdough. */
function drawStarterJar(brush: Brush, x: number, floor: number) {
  brush(rectangle(x - 24, floor - 62, 48, 62, 9), '#cfe3dd', 0.35)
  brush(rectangle(x - 21, floor - 42, 42, 39, 8), '#ecdcb6')
  brush(ellipse(x, floor - 41, 21, 6), '#f5eacb')
  for (const [dx, dy, r] of [
    [-11, -32, 2.6],
    [12, -33, 2],
    [-14, -12, 2.2],
    [14, -10, 3],
    [4, -37, 1.8],
  ] as const)
    brush(ellipse(x + dx, floor + dy, r), '#d3bd8c')
  brush(ellipse(x - 6, floor - 22, 2.2), '#4b3526')
  brush(ellipse(x + 6, floor - 22, 2.2), '#4b3526')
  brush(stroke(2, [x - 5, floor - 16], [x, floor - 13], [x + 5, floor - 16]), '#4b3526')
  brush(rectangle(x - 26, floor - 72, 52, 13, 5), '#d96f4b')
}

function drawPlant(brush: Brush, x: number, floor: number) {
  for (const [dx, dy, lean] of [
    [-26, -74, -9],
    [-10, -96, -4],
    [8, -92, 5],
    [26, -70, 10],
  ] as const)
    brush(
      blob(
        [x, floor - 26],
        [x + dx - 8 + lean, floor + dy / 2 - 20],
        [x + dx, floor + dy],
        [x + dx + 8, floor + dy / 2 - 14],
      ),
      '#3f8f6d',
    )
  brush(
    [
      [x - 22, floor - 34],
      [x + 22, floor - 34],
      [x + 16, floor],
      [x - 16, floor],
    ],
    '#c96a48',
  )
  brush(rectangle(x - 25, floor - 40, 50, 10, 3), '#dd7d58')
}

function drawShelf(brush: Brush) {
  for (const floor of [190, 330]) brush(rectangle(24, floor, 190, 11, 3), '#a3654a')
  drawLoaf(brush, 78, 190, 0.8)
  drawJar(brush, 150, 190, '#e2a63b')
  drawJar(brush, 190, 190, '#d96f4b')
  const books = ['#d96f4b', '#f1dfbf', '#e2a63b', '#4f8a8b', '#f1dfbf']
  books.forEach((colour, index) =>
    brush(rectangle(40 + index * 17, 254 + (index % 3) * 7, 14, 76 - (index % 3) * 7, 2), colour),
  )
  drawPlant(brush, 176, 330)
}

function drawJar(brush: Brush, x: number, floor: number, colour: string) {
  brush(rectangle(x - 14, floor - 46, 28, 46, 6), colour)
  brush(rectangle(x - 14, floor - 32, 28, 16), '#f1dfbf')
  brush(rectangle(x - 15, floor - 54, 30, 10, 3), '#f1dfbf')
}

function drawBreadRack(brush: Brush) {
  for (const x of [1082, 1244]) brush(rectangle(x, 110, 9, 330), '#2b1620')
  for (const floor of [196, 286, 376]) {
    brush(rectangle(1074, floor, 188, 8, 2), '#2b1620')
    drawLoaf(brush, 1128, floor, 0.78)
    drawLoaf(brush, 1208, floor, 0.78)
  }
}

function drawLoaf(brush: Brush, x: number, floor: number, scale: number) {
  const at = (dx: number, dy: number): Point => [x + dx * scale, floor + dy * scale]
  brush(blob(at(-46, -14), at(-34, -40), at(0, -50), at(34, -40), at(46, -14), at(34, 0), at(-34, 0)), '#c9803f')
  brush(blob(at(-38, -22), at(-28, -40), at(0, -47), at(28, -40), at(36, -26), at(0, -34)), '#e0a15a')
  for (const dx of [-20, 0, 20]) brush(stroke(4 * scale, at(dx - 5, -27), at(dx + 5, -41)), '#f4d9a6')
}

function drawLamp(brush: Brush, x: number) {
  for (const [radius, opacity] of [
    [150, 0.05],
    [100, 0.07],
    [60, 0.1],
  ] as const)
    brush(ellipse(x, 190, radius), '#ffcf7d', opacity)
  brush(rectangle(x - 1.5, -20, 3, 160), '#14141f')
  brush(ellipse(x, 184, 13), '#fff0c4')
  brush(
    blob([x - 8, 138], [x + 8, 138], [x + 30, 160], [x + 40, 184], [x, 186], [x - 40, 184], [x - 30, 160]),
    '#c9703f',
  )
  brush(rectangle(x - 40, 180, 80, 7, 3), '#8d4527')
}

function drawBoard(brush: Brush) {
  brush(rectangle(520, 604, 240, 20, 8), '#d9a066')
  brush(rectangle(520, 616, 240, 8, 4), '#b87f49')
  drawLoaf(brush, 606, 606, 1.5)
  for (const dx of [0, 22]) {
    brush(
      blob([694 + dx, 604], [686 + dx, 576], [698 + dx, 558], [716 + dx, 558], [728 + dx, 576], [720 + dx, 604]),
      '#c9803f',
    )
    brush(
      blob([699 + dx, 600], [692 + dx, 577], [701 + dx, 563], [713 + dx, 563], [722 + dx, 577], [715 + dx, 600]),
      '#f4dfb4',
    )
  }
}

function drawMug(brush: Brush, x: number, colour: string) {
  brush(stroke(9, [x + 24, 570], [x + 44, 578], [x + 40, 602], [x + 22, 606]), colour)
  brush(rectangle(x - 28, 556, 56, 66, 10), colour)
  brush(ellipse(x, 558, 28, 7), '#3a2019')
}

/** A studio arm that comes up from the table; `side` is where the speaker sits. */
function drawMicrophone(brush: Brush, x: number, side: -1 | 1) {
  brush(ellipse(x + 4, 588, 42, 9), '#14141f')
  brush(stroke(8, [x + 4, 586], [x + 6, 500], [x + side * 6, 446]), '#20202e')
  brush(stroke(15, [x + side * 2, 442], [x + side * 26, 426]), '#20202e')
  const [from, to]: [Point, Point] = [
    [x + side * 10, 436],
    [x + side * 34, 420],
  ]
  brush(stroke(34, from, to), '#2b2b3b')
  brush(stroke(34, to, [to[0] + side * 12, to[1] - 8]), '#474a5e')
  brush(stroke(4, [to[0] - 8, to[1] - 12], [to[0] + 10, to[1] + 15]), '#e2a63b')
}

// Run it to make examples/night-bakery-brand/logo.png again: `node examples/make-brand.ts`. The same bytes every time.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

/** Pixels a side; drawn four times as large in both directions and averaged, so that edges are smooth. */
const side = 512
const finer = 4

type Colour = readonly [red: number, green: number, blue: number]
const night: Colour = [43, 33, 84]
const rim: Colour = [255, 201, 92]
const moon: Colour = [255, 224, 150]
const crust: Colour = [222, 143, 66]
const slash: Colour = [255, 232, 196]

/** A round badge: a crescent moon over a loaf, on night blue. Null outside of it. */
function colourAt(x: number, y: number): Colour | null {
  const fromMiddle = Math.hypot(x - 0.5, y - 0.5)
  if (fromMiddle > 0.49) return null
  if (fromMiddle > 0.455) return rim
  if (inLoaf(x, y)) return inSlash(x, y) ? slash : crust
  const inMoon = Math.hypot(x - 0.5, y - 0.31) < 0.15 && Math.hypot(x - 0.565, y - 0.275) > 0.13
  return inMoon ? moon : night
}

function inLoaf(x: number, y: number): boolean {
  return y < 0.755 && ((x - 0.5) / 0.27) ** 2 + ((y - 0.68) / 0.135) ** 2 < 1
}

/** Three cuts across the crust. */
function inSlash(x: number, y: number): boolean {
  return [-0.12, 0, 0.12].some((at) => Math.abs(x - 0.5 - at - (0.66 - y) * 0.45) < 0.016 && Math.abs(y - 0.65) < 0.065)
}

function pixelAt(column: number, row: number): number[] {
  const seen: Colour[] = []
  for (let i = 0; i < finer * finer; i++) {
    const x = (column + ((i % finer) + 0.5) / finer) / side
    const y = (row + (Math.floor(i / finer) + 0.5) / finer) / side
    const colour = colourAt(x, y)
    if (colour) seen.push(colour)
  }
  const mean = (channel: 0 | 1 | 2) => Math.round(seen.reduce((sum, its) => sum + its[channel], 0) / (seen.length || 1))
  return [mean(0), mean(1), mean(2), Math.round((255 * seen.length) / (finer * finer))]
}

/** Source: PNG specification, third edition. */
function png(): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  // Eight bits a channel, red, green, blue and alpha.
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Array.from({ length: side }, (_, row) => [
    0,
    ...Array.from({ length: side }, (_, column) => pixelAt(column, row)).flat(),
  ])
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const pixels = deflateSync(Buffer.from(rows.flat()), { level: 9 })
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

const folder = join(import.meta.dirname, 'night-bakery-brand')
await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'logo.png'), png())

import type { Placement } from './canvas.ts'
import { seats } from './people.ts'
import type { Framing, Line, Speaker } from './screenplay.ts'
import type { Spoken, Talk } from './speech.ts'

export type Shot = { start: number; framing: Framing; of: Speaker }

/** Drawn at 12.5 pictures a second, as cartoons are; the film has each twice. */
export const pictureRate = 12.5

const shortestShot = 1.3
const longestClose = 9

/** Cuts to whoever talks, as an editor would: not for a single word, and with another angle when it gets long. */
export function planShots({ spoken }: Talk): Shot[] {
  const shots: Shot[] = [{ start: 0, framing: 'wide', of: 'Nora' }]
  spoken.forEach((sentence, index) => {
    const current = shots.at(-1)!
    const start = onPicture(sentence.start - 0.16)
    const next = { start, framing: framingOf(sentence, current, spoken[index - 1]?.line), of: sentence.line.speaker }
    if (start - current.start >= shortestShot && !looksTheSame(next, current)) shots.push(next)
  })
  return shots
}

function framingOf({ line, start, end }: Spoken, current: Shot, previous: Line | undefined): Framing {
  if (line.framing) return line.framing
  const isNewFace = current.framing !== 'wide' && current.of !== line.speaker
  if (isNewFace) return end - start < 0.9 ? 'wide' : 'close'
  if (current.framing === 'wide' && previous?.speaker === line.speaker && start - current.start > 4) return 'close'
  if (current.framing !== 'wide' && start - current.start > longestClose)
    return current.framing === 'close' ? 'tight' : 'close'
  return current.framing
}

const looksTheSame = (a: Shot, b: Shot) => a.framing === b.framing && (a.framing === 'wide' || a.of === b.of)
const onPicture = (seconds: number) => Math.max(0, Math.round(seconds * pictureRate) / pictureRate)

export function shotAt(shots: Shot[], seconds: number): Shot {
  return shots.findLast(({ start }) => start <= seconds + 1e-6)!
}

const zooms = { wide: 1, close: 1.72, tight: 2.2 } satisfies Record<Framing, number>

/** The speaker sits off-centre, with room to look into. */
export function lens({ framing, of }: Shot): Placement {
  const zoom = zooms[framing]
  const seat = seats[of]
  const aim = framing === 'wide' ? { x: 640, y: 360 } : { x: seat.x + (seat.turn * 182) / zoom, y: seat.y + 66 / zoom }
  return ([x, y]) => [(x - aim.x) * zoom + 640, (y - aim.y) * zoom + 360]
}

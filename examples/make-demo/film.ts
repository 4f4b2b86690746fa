import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { act } from './acting.ts'
import { lens, pictureRate, planShots, type Shot, shotAt } from './camera.ts'
import { blankCanvas, brushOn, type Canvas } from './canvas.ts'
import { drawPerson, type Pose } from './people.ts'
import { drawRoom, drawTable } from './room.ts'
import { type Speaker, speakers } from './screenplay.ts'
import type { Talk } from './speech.ts'

const width = 1280
const height = 720

/** Draws the talk picture by picture and encodes it with its sound. */
export async function shootFilm(talk: Talk, sound: string, target: string) {
  const shots = planShots(talk)
  const encoder = spawn('ffmpeg', encoderArguments(shots, talk.duration, sound, target), {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(encoder, 'close')
  for (const picture of drawPictures(talk, shots)) if (!encoder.stdin.write(picture)) await once(encoder.stdin, 'drain')
  encoder.stdin.end()
  const [code] = await ended
  if (code !== 0) throw new Error(`ffmpeg could not encode the film (exit code ${code})`)
}

function* drawPictures(talk: Talk, shots: Shot[]): Generator<Uint8Array> {
  const performance = act(talk)
  const emptyRooms = new Map<string, Canvas>()
  for (let picture = 0; picture < Math.round(talk.duration * pictureRate); picture++) {
    const shot = shotAt(shots, picture / pictureRate)
    const key = shot.framing === 'wide' ? 'wide' : `${shot.framing} ${shot.of}`
    const room = emptyRooms.get(key) ?? emptyRoom(shot)
    emptyRooms.set(key, room)
    yield drawPicture(room, shot, { Nora: performance.Nora[picture]!, Felix: performance.Felix[picture]! })
  }
}

function emptyRoom(shot: Shot): Canvas {
  const canvas = blankCanvas(width, height)
  drawRoom(brushOn(canvas, lens(shot)))
  return canvas
}

function drawPicture(room: Canvas, shot: Shot, poses: Record<Speaker, Pose>): Uint8Array {
  const canvas = { ...room, pixels: room.pixels.slice() }
  const brush = brushOn(canvas, lens(shot))
  for (const who of speakers) drawPerson(brush, who, poses[who])
  drawTable(brush)
  return canvas.pixels
}

/** Coarse settings suffice for flat colours; bitexact, so that the same screenplay makes the same file. */
function encoderArguments(shots: Shot[], duration: number, sound: string, target: string): string[] {
  const cuts = shots.map(({ start }) => start.toFixed(3)).join(',')
  return [
    `-hide_banner -loglevel error -y -f rawvideo -pix_fmt rgb24 -s ${width}x${height} -r ${pictureRate} -i pipe:0 -i`,
    sound,
    '-vf fps=25,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p',
    '-colorspace bt709 -color_primaries bt709 -color_trc bt709',
    '-c:v libx264 -preset medium -tune animation -bf 5 -crf 38 -profile:v high -threads 2',
    `-g 600 -sc_threshold 0 -force_key_frames ${cuts}`,
    `-c:a aac -b:a 36k -ac 1 -ar 24000 -t ${duration}`,
    '-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact',
    // Half a second a chunk instead of one packet: the index shrinks by 200 kB.
    '-chunk_duration 500000 -movflags +faststart',
    target,
  ].flatMap((part) => (part === sound || part === target ? [part] : part.split(' ')))
}

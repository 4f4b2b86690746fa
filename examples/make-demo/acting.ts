import { pictureRate } from './camera.ts'
import type { Pose } from './people.ts'
import { type Speaker, speakers } from './screenplay.ts'
import { type Spoken, sampleRate, type Talk, unevenness } from './speech.ts'

/** One pose a picture for each of the two, from what is heard at that time. */
export type Performance = Record<Speaker, Pose[]>

export function act(talk: Talk): Performance {
  return { Nora: performanceOf('Nora', talk), Felix: performanceOf('Felix', talk) }
}

function performanceOf(who: Speaker, talk: Talk): Pose[] {
  const pictures = Math.round(talk.duration * pictureRate)
  const heard = Array.from({ length: pictures }, (_, picture) => listen(talk.tracks[who], picture))
  const usualPeak = heard.map(({ level }) => level).sort((a, b) => a - b)[Math.floor(pictures * 0.97)]!
  const levels = heard.map(({ level }) => Math.min(1, level / usualPeak))
  const blinks = blinkPictures(who, pictures)
  const phase = speakers.indexOf(who) * 2.4
  return levels.map((level, picture) => {
    const seconds = picture / pictureRate
    const energy = average(levels, picture - 5, picture + 5)
    const mood = moodAt(who, talk.spoken, seconds)
    return {
      mouthOpen: rounded(level < 0.06 ? 0 : Math.sqrt(level) * 0.85, 5),
      mouthWide: rounded(heard[picture]!.brightness, 3),
      smile: rounded(mood.smile, 4),
      brows: rounded(mood.brows + energy * 0.5, 4),
      blink: blinks.has(picture) ? 1 : 0,
      breath: rounded(Math.sin(seconds * 1.6 + phase) * 0.5 + 0.5, 3),
      headX: rounded(Math.sin(seconds * 0.53 + phase) * 2 + Math.sin(seconds * 1.9 + phase) * energy * 4, 1),
      headY: rounded(Math.sin(seconds * 2.7 + phase) * energy * 5 + mood.nod * 9, 1),
      tilt: rounded(Math.sin(seconds * 0.41 + phase * 2) * 2 + Math.sin(seconds * 1.35) * energy * 2.5, 2),
    }
  })
}

/** How loud the voice is in one picture's time, and whether it hisses (s, f: lips wide) or hums (o, m: lips round). */
function listen(track: Float32Array, picture: number) {
  const from = Math.floor((picture / pictureRate) * sampleRate)
  const samples = track.subarray(from, from + Math.floor(sampleRate / pictureRate))
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0)
  let crossings = 0
  for (let index = 1; index < samples.length; index++) if (samples[index]! * samples[index - 1]! < 0) crossings++
  return { level: Math.sqrt(energy / samples.length), brightness: Math.min(1, (crossings / samples.length) * 5) }
}

/** What is being said shows on both faces: a question lifts the brows, a soft line takes the smile away. */
function moodAt(who: Speaker, spoken: Spoken[], seconds: number) {
  const index = Math.max(
    0,
    spoken.findLastIndex(({ start }) => start <= seconds),
  )
  const { line, end } = spoken[index]!
  const isTalking = line.speaker === who
  const asks = isTalking && line.text.includes('?')
  const sinceEnd = seconds - end
  const nods = !isTalking && sinceEnd > -0.3 && sinceEnd < 0.5 && unevenness(index + 40) > 0.5
  return {
    smile: line.manner.has('soft') ? 0.1 : line.manner.has('loud') && isTalking ? 0.4 : isTalking ? 0.6 : 0.85,
    brows: asks || line.manner.has('bright') ? 0.6 : line.manner.has('loud') ? 0.8 : 0.1,
    nod: nods ? Math.sin(((sinceEnd + 0.3) / 0.8) * Math.PI) : 0,
  }
}

function blinkPictures(who: Speaker, pictures: number): Set<number> {
  const blinks = new Set<number>()
  let picture = 20 + speakers.indexOf(who) * 13
  for (let count = 0; picture < pictures; count++) {
    blinks.add(picture).add(picture + 1)
    picture += 26 + Math.floor(unevenness(count + speakers.indexOf(who) * 300) * 40)
  }
  return blinks
}

function average(values: number[], from: number, to: number): number {
  const window = values.slice(Math.max(0, from), to)
  return window.reduce((sum, value) => sum + value, 0) / window.length
}

/** In steps, so that a head at rest is the same picture twice and costs the encoder nothing. */
const rounded = (value: number, stepsPerUnit: number) => Math.round(value * stepsPerUnit) / stepsPerUnit

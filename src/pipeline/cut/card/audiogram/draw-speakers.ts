import type { CropBox } from '../../../../domain/clip.ts'
import { assColour, contrastOf } from '../../brand/colours/contrast.ts'
import { drawableText, textLine } from '../../brand/overlay/text-line.ts'
import { type AssEvent, percent, round, toCentiseconds } from '../../captions/ass-document.ts'
import type { CaptionFonts } from '../../captions/caption-fonts.ts'
import { wrapTitle } from '../wrap-title.ts'
import { levelsOf, withFall } from './levels.ts'
import { type Hold, type Voice, voiceAt } from './voices.ts'

interface SpeakersRequest {
  samples: Float32Array
  duration: number
  box: CropBox
  holds: readonly Hold[]
  fonts: CaptionFonts
  /** `#RRGGBB` */
  letters: string
}

/** More than four faces-without-faces are a crowd: who speaks least is left out. */
const mostVoices = 4
const stepSeconds = 0.04
/** The ring is this much larger than the disc at the loudest. */
const swell = 0.26
/** How much is seen of whoever is silent: 0 is solid, 255 unseen. */
const dimmed = 0x8c

/** A disc with initials and a name for everyone who speaks; whoever has the word is bright, with a ring that swells with the voice. */
export function speakerCards(request: SpeakersRequest): AssEvent[] {
  const voices = mostHeard(request.holds)
  const { box } = request
  const columns = voices.length > 3 && box.width < 1.6 * box.height ? 2 : Math.max(1, voices.length)
  const rows = Math.ceil(voices.length / columns)
  const cell = { width: box.width / columns, height: box.height / rows }
  const radius = Math.min(0.33 * cell.height, 0.3 * cell.width)
  return voices.flatMap((voice, i) => {
    const middle = {
      x: box.x + ((i % columns) + 0.5) * cell.width,
      y: box.y + Math.floor(i / columns) * cell.height + 0.4 * cell.height,
    }
    return drawVoice(voice, { ...request, middle, radius, cell })
  })
}

/** Whether there is anybody to show. */
export function hasNames(holds: readonly Hold[]): boolean {
  return holds.some(({ voice }) => (voice?.name ?? '') !== '')
}

function mostHeard(holds: readonly Hold[]): Voice[] {
  const voices = [...new Set(holds.flatMap(({ voice }) => (voice && voice.name !== '' ? [voice] : [])))]
  const secondsOf = (voice: Voice) =>
    holds.reduce((sum, hold) => sum + (hold.voice === voice ? hold.end - hold.start : 0), 0)
  const kept = new Set(voices.toSorted((a, b) => secondsOf(b) - secondsOf(a)).slice(0, mostVoices))
  return voices.filter((voice) => kept.has(voice))
}

interface Place extends SpeakersRequest {
  middle: { x: number; y: number }
  radius: number
  cell: { width: number; height: number }
}

function drawVoice(voice: Voice, place: Place): AssEvent[] {
  const { holds, fonts, middle, radius, cell, letters, duration } = place
  const name = drawableText(voice.name, fonts)
  const initials = drawableText(initialsOf(voice.name), fonts)
  const dark = contrastOf('#0B0B12', voice.colour) >= contrastOf('#FFFFFF', voice.colour) ? '#0B0B12' : '#FFFFFF'
  const size = Math.min(0.4 * radius, 0.12 * cell.height)
  const fitted = wrapTitle(
    name,
    { width: 0.92 * cell.width, mostLines: 1, fontSize: size, leastFontSize: 0.55 * size },
    fonts,
  )
  const line = (text: string, its: { y: number; em: number; colour: string }) =>
    `\\an5\\pos(${round(middle.x)},${round(its.y)})\\q2\\1c${assColour(its.colour)}}${textLine({ text, fonts, em: its.em })}`
  const texts = [
    { layer: 2, text: disc(voice.colour, middle, radius) },
    { layer: 3, text: line(initials, { y: middle.y, em: 0.72 * radius, colour: dark }) },
    {
      layer: 3,
      text: line(fitted.lines[0] ?? '', { y: middle.y + 1.52 * radius, em: fitted.fontSize, colour: letters }),
    },
  ]
  const states = statesOf(voice, holds, duration).flatMap(({ speaks, start, end }) =>
    texts.map(({ layer, text }) => {
      const alpha = speaks ? '' : `\\alpha&H${dimmed.toString(16).toUpperCase()}&`
      return { layer, start, end, style: 'audiogram', text: `{${alpha}${text}` }
    }),
  )
  return [...states, ...rings(voice, place)]
}

/** When someone has the word and when not, centiseconds. */
function statesOf(voice: Voice, holds: readonly Hold[], duration: number) {
  const states: { speaks: boolean; start: number; end: number }[] = []
  for (const hold of holds) {
    const [start, end] = [toCentiseconds(hold.start), toCentiseconds(Math.min(hold.end, duration))]
    const speaks = hold.voice === voice
    const last = states.at(-1)
    if (last?.speaks === speaks) last.end = end
    else if (end > start) states.push({ speaks, start, end })
  }
  return states
}

function rings(voice: Voice, { samples, holds, middle, radius }: Place): AssEvent[] {
  const levels = withFall(levelsOf(samples, stepSeconds), 0.86)
  return levels.flatMap((level, i) => {
    const start = i * stepSeconds
    if (voiceAt(holds, start) !== voice || level < 0.03) return []
    const scale = percent(1 + swell * level)
    const text = `{\\fscx${scale}\\fscy${scale}\\1a&H90&${disc(voice.colour, middle, radius)}`
    return [
      { layer: 1, start: toCentiseconds(start), end: toCentiseconds(start + stepSeconds), style: 'audiogram', text },
    ]
  })
}

/** A filled circle; tags may come before it. All of it is right of and below the drawing's origin, as libass expects. */
function disc(colour: string, { x, y }: { x: number; y: number }, radius: number): string {
  const [r, d] = [round(radius), round(2 * radius)]
  // A quarter of a circle by one curve: its handles are 0.5523 of the radius long.
  const [low, high] = [round(radius * (1 - 0.5523)), round(radius * (1 + 0.5523))]
  const curves = [
    `m ${r} 0 b ${high} 0 ${d} ${low} ${d} ${r}`,
    `b ${d} ${high} ${high} ${d} ${r} ${d}`,
    `b ${low} ${d} 0 ${high} 0 ${r}`,
    `b 0 ${low} ${low} 0 ${r} 0`,
  ].join(' ')
  return `\\an5\\pos(${round(x)},${round(y)})\\1c${assColour(colour)}\\p1}${curves}{\\p0}`
}

/** `Nora Lind` is NL, `Felix` is F. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return [first, last]
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toLocaleUpperCase()
}

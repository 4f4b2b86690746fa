import { formatClock, type TimeRange } from '../../../domain/time-range.ts'
import type { Cue } from '../../../pipeline/transcribe/transcriber.ts'
import { joinWords, splitTextIntoWords } from '../../../pipeline/transcribe/words/split-text-into-words.ts'
import { loopsIn } from './loops-in.ts'
import type { ToldSegment } from './read-hearing.ts'

interface Heard {
  cues: readonly Cue[]
  segments: readonly ToldSegment[]
  /** Seconds of the window. */
  duration: number
  /** Where it begins in the recording, in seconds. */
  start: number
  /** In seconds of the window. */
  silences: readonly TimeRange[]
}

/** Whisper's own thresholds for a stretch it should have passed over (openai/whisper, transcribe.py): silence, and text that repeats itself. */
const noSpeech = 0.6
const unsure = -1
const repetitive = 2.4
/** Share of a cue that lies in silence from which on nobody said it. */
const silentShare = 0.9

/**
 * What is left when everything is taken out that models like Whisper are known to invent where nobody speaks: words over silence, the sentences
 * that end many of the videos they learned from, and one phrase over and over. Times in seconds of the window.
 */
export function withoutInventions({ cues, segments, duration, start, silences }: Heard): {
  cues: Cue[]
  warnings: string[]
} {
  const dismissed = segments.filter(isDismissed)
  const notes = new Map<string, TimeRange[]>()
  const drop = (why: string, range: TimeRange) => void notes.set(why, [...(notes.get(why) ?? []), range])
  const real = cues.filter((cue) => {
    const why = reasonAgainst(cue, { dismissed, silences, segments, isAlone: isAlone(cues, duration) })
    if (why !== null) drop(why, cue)
    return why === null
  })
  const { kept, loops } = withoutLoops(real)
  for (const loop of loops) drop('the same words over and over', loop)
  return { cues: kept, warnings: [...notes].map(([why, ranges]) => say(why, { ranges, start })) }
}

interface Evidence {
  dismissed: readonly ToldSegment[]
  silences: readonly TimeRange[]
  segments: readonly ToldSegment[]
  isAlone: boolean
}

function reasonAgainst(cue: Cue, { dismissed, silences, segments, isAlone }: Evidence): string | null {
  const length = Math.max(cue.end - cue.start, 0.01)
  if (overlapWith(cue, silences) >= length * silentShare) return 'words where there is no sound'
  const against = dismissed.find((one) => overlapWith(cue, [boundsOf(one)]) >= length * silentShare)
  if (against !== undefined)
    return isRepetitive(against) ? 'the same words over and over' : 'words the model itself took for none'
  const phrase = letters(cue.text)
  if (credits.some((credit) => phrase.includes(letters(credit)))) return 'credits of subtitles that nobody speaks'
  if (!farewells.has(phrase)) return null
  const doubt = segments.some((one) => (one.noSpeech ?? 0) > noSpeech / 2 && overlapWith(cue, [boundsOf(one)]) > 0)
  return doubt || isAlone ? 'a farewell over silence' : null
}

/** Seconds from which on a single short phrase in a window is no speech but what a model says of silence. */
const longWindow = 15

function isAlone(cues: readonly Cue[], duration: number): boolean {
  return duration >= longWindow && new Set(cues.map(({ text }) => letters(text))).size === 1
}

function isDismissed(segment: ToldSegment): boolean {
  const isSilence = (segment.noSpeech ?? 0) > noSpeech && (segment.logProbability ?? 0) < unsure
  return segment.start !== null && (isSilence || isRepetitive(segment))
}

/** Short texts are compressed badly or well by chance. */
function isRepetitive({ compression, text }: ToldSegment): boolean {
  return (compression ?? 0) > repetitive && text.length > 60
}

/** Sentences that only stand in subtitles. */
const credits = [
  'amara.org',
  'subtitles by the community',
  'untertitel im auftrag des zdf',
  'untertitelung des zdf',
  'sous-titrage société radio-canada',
  'sottotitoli creati dalla comunità',
  'субтитры сделал',
  'субтитры создавал',
  'редактор субтитров',
]
/** What ends many videos, and may be said; over near silence it was not. */
const farewells = new Set(
  [
    'thank you',
    'thanks for watching',
    'thank you for watching',
    'thank you so much for watching',
    'thank you very much',
    'please subscribe',
    "please subscribe and i'll see you in the next one",
    'bye',
    'you',
    'vielen dank',
    'vielen dank fürs zuschauen',
    "merci d'avoir regardé cette vidéo",
    'gracias por ver el video',
    '¡gracias por ver!',
    'obrigado por assistir',
    'продолжение следует',
    'спасибо за просмотр',
    'ご視聴ありがとうございました',
    '시청해주셔서 감사합니다',
    '謝謝觀看',
    '请不吝点赞 订阅 转发 打赏支持明镜与点点栏目',
  ].map(letters),
)

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** A phrase that goes round in circles is left out with its first time: where a model loses its way it has lost it before. */
function withoutLoops(cues: readonly Cue[]): { kept: Cue[]; loops: TimeRange[] } {
  const owners = cues.flatMap((cue, index) => wordsOf(cue).map((text) => ({ text, index })))
  const circles = loopsIn(owners.map(({ text }) => letters(text)))
  if (circles.length === 0) return { kept: [...cues], loops: [] }
  const lost = cues.map(() => new Set<number>())
  const firstOf = cues.map((_, index) => owners.findIndex((owner) => owner.index === index))
  for (const { from, to } of circles) {
    for (let at = from; at < to; at++) {
      const index = owners[at]?.index
      if (index !== undefined) lost[index]?.add(at - (firstOf[index] ?? 0))
    }
  }
  const kept = cues.flatMap((cue, index) => remainderOf(cue, lost[index] ?? new Set()))
  const loops = cues.filter((_, index) => (lost[index]?.size ?? 0) > 0).map(({ start, end }) => ({ start, end }))
  return { kept, loops }
}

function wordsOf({ words, text }: Cue): string[] {
  return words === null ? splitTextIntoWords(text) : words.map((word) => word.text)
}

function remainderOf(cue: Cue, lost: ReadonlySet<number>): Cue[] {
  if (lost.size === 0) return [cue]
  if (cue.words === null) {
    const rest = splitTextIntoWords(cue.text).filter((_, at) => !lost.has(at))
    // Where in the stretch the rest was said is not known; most of a loop is a loop.
    return rest.length < lost.size ? [] : [{ ...cue, text: joinWords(rest.map((text) => ({ text }))) }]
  }
  const words = cue.words.filter((_, at) => !lost.has(at))
  const [first, last] = [words[0], words.at(-1)]
  return first && last ? [{ ...cue, start: first.start, end: last.end, text: joinWords(words), words }] : []
}

function boundsOf({ start, end }: ToldSegment): TimeRange {
  return { start: start ?? 0, end: end ?? start ?? 0 }
}

function overlapWith({ start, end }: TimeRange, ranges: readonly TimeRange[]): number {
  return ranges.reduce((sum, range) => sum + Math.max(0, Math.min(end, range.end) - Math.max(start, range.start)), 0)
}

function say(why: string, { ranges, start }: { ranges: readonly TimeRange[]; start: number }): string {
  const seconds = ranges.reduce((sum, range) => sum + range.end - range.start, 0)
  return `${why}, ${Math.max(1, Math.round(seconds))} s from ${formatClock(start + (ranges[0]?.start ?? 0))} on`
}

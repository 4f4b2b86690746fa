import { z } from 'zod'
import { isObject } from '../../../pipeline/transcribe/formats/json-shape.ts'

/** A word or a stretch as a service told it; times in seconds of the window, null where it told none that is a number. */
export interface ToldStretch {
  text: string
  start: number | null
  end: number | null
}

export interface ToldSegment extends ToldStretch {
  /** How sure Whisper was that nobody speaks, 0 to 1. */
  noSpeech: number | null
  /** Mean of the logarithms of its tokens' probabilities. */
  logProbability: number | null
  /** How many times smaller the text gets when compressed: 2.4 is more than speech does. */
  compression: number | null
  /** Null where nobody was told apart. */
  speaker: string | null
}

/** What a service says it heard in a window, as it said it. */
export interface Hearing {
  text: string
  language: string | null
  words: ToldStretch[]
  segments: ToldSegment[]
  /** Seconds of sound it counted, for the bill. */
  seconds: number | null
}

/** Numbers come as text from some servers, and as null or NaN where they have none. */
const figure = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z.number().finite().nullable().catch(null),
)
const words = z.string().catch('')
const stretch = z.object({ text: words, word: words, start: figure, end: figure })
const segment = stretch.extend({
  no_speech_prob: figure,
  avg_logprob: figure,
  compression_ratio: figure,
  speaker: z.union([z.string(), z.number()]).nullish().catch(null),
  speaker_id: z.union([z.string(), z.number()]).nullish().catch(null),
  words: z.array(z.unknown()).nullish().catch(null),
})
const answer = z.object({
  text: z.string().nullish().catch(null),
  language: z.string().nullish().catch(null),
  languages: z
    .array(z.object({ code: z.string() }))
    .nullish()
    .catch(null),
  words: z.array(z.unknown()).nullish(),
  segments: z.array(z.unknown()).nullish(),
  duration: figure,
  usage: z.object({ seconds: figure, prompt_audio_seconds: figure }).nullish().catch(null),
})

/** What is wrong with an answer, to follow the name of the service. */
export class HearingUnusable extends Error {
  override readonly name = 'HearingUnusable'
}

/**
 * Reads what a service answered. OpenAI and those who speak like it tell words and segments side by side, xAI words, faster-whisper words inside
 * segments; Mistral calls words segments when it was asked for words, which the caller knows.
 * @throws HearingUnusable
 */
export function readHearing(text: string, { segmentsAreWords }: { segmentsAreWords: boolean }): Hearing {
  const value = parse(text)
  if (!isObject(value)) throw new HearingUnusable('gave an answer that is no transcript')
  const parsed = answer.safeParse(value)
  if (!parsed.success) throw new HearingUnusable('gave an answer that is no transcript')
  const told = parsed.data
  if (told.text === null || told.text === undefined) {
    if (!told.words && !told.segments) throw new HearingUnusable('gave an answer without a transcript in it')
  }
  const segments = readEach(told.segments, segment)
  const inside = segments.flatMap((one) => readEach(one.words, stretch))
  const beside = readEach(told.words, stretch)
  const heard = {
    language: told.language ?? (told.languages?.length === 1 ? (told.languages[0]?.code ?? null) : null),
    seconds: told.usage?.prompt_audio_seconds ?? told.usage?.seconds ?? told.duration,
  }
  const plain = segments.map(
    ({ text, word, start, end, ...rest }): ToldSegment => ({
      text: text || word,
      start,
      end,
      noSpeech: rest.no_speech_prob,
      logProbability: rest.avg_logprob,
      compression: rest.compression_ratio,
      speaker: textOf(rest.speaker ?? rest.speaker_id),
    }),
  )
  const whole = told.text ?? plain.map((one) => one.text).join(' ')
  if (segmentsAreWords && beside.length === 0)
    return { ...heard, text: whole, words: plain.map(({ text, start, end }) => ({ text, start, end })), segments: [] }
  const single = (beside.length > 0 ? beside : inside).map(({ text, word, start, end }) => ({
    text: word || text,
    start,
    end,
  }))
  return { ...heard, text: whole, words: single, segments: plain }
}

/** Python writes NaN, which JSON does not know. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    try {
      return JSON.parse(text.replaceAll(/([:[,]\s{0,100})(?:NaN|-?Infinity)(?=\s{0,100}[,}\]])/g, '$1null'))
    } catch {
      throw new HearingUnusable(/^\s*</.test(text) ? 'gave a web page for an answer' : 'gave an answer that is no JSON')
    }
  }
}

/** One broken element is none; it does not spoil the others. */
function readEach<T extends z.ZodType>(list: readonly unknown[] | null | undefined, schema: T): z.infer<T>[] {
  return (list ?? []).flatMap((one) => {
    const read = schema.safeParse(one)
    return read.success ? [read.data] : []
  })
}

function textOf(speaker: string | number | null | undefined): string | null {
  return speaker === null || speaker === undefined || speaker === '' ? null : String(speaker)
}

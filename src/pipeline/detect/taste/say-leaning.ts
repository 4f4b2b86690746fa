import type { Leaning } from './taste.ts'

/** What there is more or less of, in words that fit "with …". A feature without words here is named as it is. */
const much: Readonly<Record<string, string>> = {
  address: 'people spoken to by name',
  bursts: 'short, quick remarks',
  centrality: 'what the recording is about',
  emotion: 'strong words',
  exchange: 'quick back-and-forth',
  hook: 'a strong opening',
  humour: 'jokes and laughter',
  loudness: 'raised voices',
  novelty: 'what is said nowhere else in it',
  pace: 'fast talk',
  position: 'a place late in the recording',
  questionAnswer: 'a question and its answer',
  reaction: 'people reacting',
  sceneActivity: 'a lively picture',
  specifics: 'names and numbers',
  story: 'a story',
  usualLength: 'the usual length',
}

/**
 * Why taste moved a moment, for a person: "You kept 3 of 4 with quick back-and-forth". Null when there is nothing to point at, as when
 * too few were alike. `amount` is what the leaning brought.
 */
export function sayLeaning({ feature, weight, alike, alikeLiked }: Leaning, amount: number): string | null {
  if (alike < fewest || amount <= 0) return null
  const what = much[feature] ?? feature
  return `You kept ${alikeLiked} of ${alike} with ${weight > 0 ? '' : 'less of '}${what}`
}

// Two may be alike by chance.
const fewest = 3

import type { CaptionDesign } from '../caption-design.ts'
import { readingSpeed } from '../reading-speed.ts'

/** For captions that go with the voice word by word: a few words at once, gone with the breath. */
export const wordByWord: CaptionDesign['rules'] = {
  mostFullness: 1.2,
  words: { least: 2, most: 6 },
  leastSeconds: 0.8,
  mostSeconds: 3.5,
  longestHold: 0.8,
  linger: 0.5,
  lineTie: 0.6,
  readingSpeed,
}

/** For captions that are read like subtitles: two full lines, held a little longer. */
export const phraseByPhrase: CaptionDesign['rules'] = {
  mostFullness: 1.05,
  words: { least: 3, most: 11 },
  leastSeconds: 1,
  mostSeconds: 5,
  longestHold: 1,
  linger: 0.7,
  lineTie: 0.6,
  readingSpeed,
}

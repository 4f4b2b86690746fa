import type { Aspect, AudiogramLook, CaptionStyle, Tightening } from '../../domain/clip.ts'
import type { Mode } from '../../domain/moment.ts'

/** What each is, in a few words for a person who chooses. */
export const captionMeanings: Readonly<Record<CaptionStyle, string>> = {
  pop: 'The word being said lights up and grows.',
  karaoke: 'Words fill with colour as they are said.',
  box: 'The word being said stands in a box.',
  underline: 'A bar runs along under the words.',
  'lower-third': 'Small, at the side, a phrase at a time.',
  big: 'One to three words, appearing as they are said.',
  speakers: 'A colour for each speaker.',
  podcast: 'A card with the speaker’s name.',
  none: 'The picture as it is; captions beside it as files.',
}

export const aspectMeanings: Readonly<Record<Aspect, string>> = {
  '9:16': 'Tall: TikTok, Reels, Shorts.',
  '1:1': 'Square: feeds of every kind.',
  '4:5': 'A little tall: the largest a feed shows.',
  '16:9': 'Wide: YouTube, web pages, television.',
}

export const audiogramMeanings: Readonly<Record<AudiogramLook, string>> = {
  waveform: 'The sound as bars that glide by.',
  bars: 'Bars that stand and dance with the voice.',
  speakers: 'A disc for each speaker, bright while they speak.',
  still: 'Nothing moves but the captions.',
}

export const tighteningMeanings: Readonly<Record<Tightening, string>> = {
  fillers: 'Take out um, uh, you know.',
  repeats: 'Take out what was begun twice.',
  silences: 'Shorten long silences to a rest.',
}

export const modeMeanings: Readonly<Record<Mode, string>> = {
  highlights: 'The parts most worth watching.',
  viral: 'What makes people stop and share.',
  summary: 'What the recording says, part by part.',
  query: 'Where your question is answered.',
  chapters: 'Its chapters, the best part of each.',
}

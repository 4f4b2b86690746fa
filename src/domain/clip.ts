import type { Brand } from './brand.ts'
import type { TimeRange } from './time-range.ts'

export const aspects = ['9:16', '1:1', '4:5', '16:9'] as const
export type Aspect = (typeof aspects)[number]

/** Output size in pixels for each aspect; the short side is 1080. */
export const frameSizes: Record<Aspect, { width: number; height: number }> = {
  '9:16': { width: 1080, height: 1920 },
  '1:1': { width: 1080, height: 1080 },
  '4:5': { width: 1080, height: 1350 },
  '16:9': { width: 1920, height: 1080 },
}

export const captionStyles = [
  'pop',
  'karaoke',
  'box',
  'underline',
  'lower-third',
  'big',
  'speakers',
  'podcast',
  'none',
] as const
/** How captions look (docs/guide/captions.md shows them); `none` burns nothing in. */
export type CaptionStyle = (typeof captionStyles)[number]

export const audiogramLooks = ['waveform', 'bars', 'speakers', 'still'] as const
/** What is seen of a recording without a picture (docs/guide/audiogram.md shows them). */
export type AudiogramLook = (typeof audiogramLooks)[number]

/** How a clip looks. */
export interface ClipStyle {
  aspect: Aspect
  captions: CaptionStyle
  /** For recordings without a picture; `waveform` unless told. */
  audiogram?: AudiogramLook | undefined
  brand?: Brand | undefined
  sound?: SoundStyle | undefined
}

/** What is done to the sound beside making it as loud as it should be; nothing unless asked for. */
export interface SoundStyle {
  /** Steady noise (fans, hiss, hum) is made softer. */
  denoise?: boolean | undefined
  /** Sharp s and sh sounds are made softer. */
  deEss?: boolean | undefined
  music?: Music | undefined
}

/** Music that lies under the speech and comes up in its pauses. */
export interface Music {
  path: string
  /** Of its bytes. */
  sha256: string
  /** How loud it is in pauses, dB against the speech; never above 0. */
  level: number
}

export const tightenings = ['fillers', 'repeats', 'silences'] as const
/** What tightening takes out: "um" and "you know", words said twice in a row, long silences (shortened to a rest). */
export type Tightening = (typeof tightenings)[number]

/** A stretch that a clip leaves out of what it would play; seconds of the recording. */
export interface Removal extends TimeRange {
  /** `words`: a person took them out. */
  kind: 'words' | 'filler' | 'repeat' | 'silence'
  /** What is said in it; empty for a silence. */
  text: string
}

/** A caption that says something else than the transcript, at the same time; seconds of the recording. */
export interface CaptionCorrection extends TimeRange {
  /** The words of the transcript it stands for. */
  from: string
  /** What is shown; empty for nothing. */
  text: string
}

/** Which stretches of the recording a clip plays, in this order, and what else a person or the tightening changed. */
export interface ClipEdit {
  /** What is really played: nothing that was removed is in it. */
  ranges: TimeRange[]
  /** What was left out between them, for people to see. */
  removed?: Removal[] | undefined
  /** How much shorter that made it, seconds. */
  shortened?: number | undefined
  corrections?: CaptionCorrection[] | undefined
  /** Every second stretch between jumps is shown this much larger (1.08: by 8 %), which hides them. */
  zoom?: number | undefined
  /** In place of the moment's. */
  title?: string | undefined
  /** What was asked for and not done, in sentences for a person. */
  notes?: string[] | undefined
  /** Present when a person changed it. */
  by?: 'hand' | undefined
}

/** A rectangle of the displayed source picture, in pixels from its top left. All four are even numbers. */
export interface CropBox {
  x: number
  y: number
  width: number
  height: number
}

/**
 * A crop that glides: from half of `seconds` before `time` to half after it, softly at both ends, it goes from where it was
 * before to `x`, `y` (pixels, as in `CropBox`). Its size stays.
 */
export interface CameraMove {
  /** Seconds of the recording. */
  time: number
  seconds: number
  x: number
  y: number
}

/** Where the camera looks during one scene; times in seconds of the recording. */
export interface SceneFraming extends TimeRange {
  /**
   * `crop` cuts a box out, `split` two that are shown together, `blurred-fit` shows all of it over its own blurred copy;
   * `card` is for recordings without a picture.
   */
  kind: 'crop' | 'split' | 'blurred-fit' | 'card'
  /** Where the box is when the scene begins. Of a `blurred-fit`: the part that is shown, without black bars; null for all of it. */
  crop: CropBox | null
  /** Where it goes from there, in order of time; none when it stands still. */
  moves?: CameraMove[] | undefined
  /** Of a `split`: two boxes, the upper or left one first. */
  panels?: CropBox[] | undefined
  /** How many faces are to be seen, where the framing is about faces. */
  faces?: number | undefined
  /** Present when a person decided. */
  by?: 'hand' | undefined
  /** Why, for a person. */
  reason: string
}

/** Where the camera looks during a span: scenes in order, without gaps. */
export interface Framing {
  aspect: Aspect
  scenes: SceneFraming[]
}

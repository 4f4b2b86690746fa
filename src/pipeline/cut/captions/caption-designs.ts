import type { CaptionStyle } from '../../../domain/clip.ts'
import type { CaptionDesign } from './caption-design.ts'
import { bigCentre } from './styles/big-centre.ts'
import { box } from './styles/box.ts'
import { karaoke } from './styles/karaoke.ts'
import { lowerThird } from './styles/lower-third.ts'
import { podcast } from './styles/podcast.ts'
import { speakers } from './styles/speakers.ts'
import { underline } from './styles/underline.ts'
import { wordPop } from './styles/word-pop.ts'

/** Every style there is, by the name a person gives. */
export const captionDesigns: Record<Exclude<CaptionStyle, 'none'>, CaptionDesign> = {
  pop: wordPop,
  karaoke,
  box,
  underline,
  'lower-third': lowerThird,
  big: bigCentre,
  speakers,
  podcast,
}

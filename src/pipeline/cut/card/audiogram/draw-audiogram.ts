import type { BrandPerson } from '../../../../domain/brand.ts'
import type { AudiogramLook, CropBox } from '../../../../domain/clip.ts'
import { type BrandPalette } from '../../brand/colours/brand-palette.ts'
import { assColour, mix } from '../../brand/colours/contrast.ts'
import { drawableText, textLine } from '../../brand/overlay/text-line.ts'
import { type AssEvent, round, toCentiseconds, writeAssDocument } from '../../captions/ass-document.ts'
import { type CaptionFonts, captionFonts } from '../../captions/caption-fonts.ts'
import type { ClipWord } from '../../captions/clip-word.ts'
import type { FontFace } from '../../captions/font-face.ts'
import { hasNames, speakerCards } from './draw-speakers.ts'
import { dancingBars, waveform } from './draw-waves.ts'
import { type Hold, holdsOf } from './voices.ts'

/** Goes into rendering keys: raise it with every change of what is drawn. */
export const audiogramVersion = '1'

export interface AudiogramRequest {
  look: Exclude<AudiogramLook, 'still'>
  samples: Float32Array
  /** Seconds. */
  duration: number
  size: { width: number; height: number }
  box: CropBox
  words: readonly ClipWord[]
  people: readonly BrandPerson[]
  /** Whether the name of whoever speaks is shown over the waves. */
  names: boolean
  palette: BrandPalette
  /** A brand's own; the usual one without. */
  font: FontFace | null
}

export interface Audiogram {
  ass: string
  fonts: FontFace[]
  warnings: string[]
}

/**
 * The sound of a clip as something to look at, as an ASS script: drawn by libass as captions are, so that it looks the same with
 * every ffmpeg. Needs `speakers` names and there are none, it is a waveform.
 */
export function drawAudiogram(request: AudiogramRequest): Audiogram {
  const { look, samples, duration, size, words, people, palette, font, box } = request
  const holds = holdsOf({ words, people, colours: palette.speakers, duration })
  const names = [...new Set(holds.flatMap(({ voice }) => voice?.name ?? ''))]
  const fonts = captionFonts([...names, 'AZ'], 'extra-bold', font)
  const showsSpeakers = look === 'speakers' && hasNames(holds)
  const warnings = look === 'speakers' && !showsSpeakers ? [nameless] : []
  const events = showsSpeakers
    ? speakerCards({ samples, duration, box, holds, fonts, letters: palette.onBackground })
    : waves(request, { holds, fonts })
  const colour = '&H00FFFFFF'
  const style = { name: 'audiogram', family: fonts.family, fontSize: 20, colour, outlineColour: colour }
  const styles = [{ ...style, shadowColour: colour, outline: 0, shadow: 0 }]
  return { ass: writeAssDocument({ size, styles, events }), fonts: fonts.facesFor(names), warnings }
}

const nameless = 'The transcript does not say who speaks, so a waveform is shown in place of the speakers.'

/** The name stands in the upper part of the box, this share of its height. */
const nameShare = 0.26

function waves(request: AudiogramRequest, { holds, fonts }: { holds: Hold[]; fonts: CaptionFonts }): AssEvent[] {
  const { look, samples, duration, box, palette } = request
  const named = request.names && hasNames(holds)
  const top = named ? nameShare * box.height : 0
  const below = { ...box, y: Math.round(box.y + top), height: Math.round(box.height - top) }
  const coming = mix(palette.background, palette.onBackground, 0.34)
  const its = { samples, duration, box: below, holds, colour: palette.accentOnBackground, coming }
  const drawn = look === 'bars' ? dancingBars(its) : waveform(its)
  return named ? [...nameLabels(request, { holds, fonts }), ...drawn] : drawn
}

/** Who speaks now, over the waves, in their colour. */
function nameLabels({ box, duration }: AudiogramRequest, { holds, fonts }: { holds: Hold[]; fonts: CaptionFonts }) {
  const em = 0.62 * nameShare * box.height
  return holds.flatMap(({ voice, start, end }): AssEvent[] => {
    const name = drawableText(voice?.name ?? '', fonts)
    if (!voice || name === '' || end <= start) return []
    const place = `\\an5\\pos(${round(box.x + box.width / 2)},${round(box.y + 0.36 * nameShare * box.height)})\\q2`
    const text = `{${place}\\1c${assColour(voice.colour)}}${textLine({ text: name, fonts, em })}`
    return [
      {
        layer: 2,
        start: toCentiseconds(start),
        end: toCentiseconds(Math.min(end, duration)),
        style: 'audiogram',
        text,
      },
    ]
  })
}

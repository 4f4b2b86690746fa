/** A file of a person's, by where it lay and what was in it. */
export interface BrandFile {
  /** Absolute. */
  path: string
  /** SHA-256 of its bytes, in hex: what is in a file decides a rendering, not where it lies. */
  sha256: string
}

export const brandPlaces = [
  'top-left',
  'top',
  'top-right',
  'left',
  'centre',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const
/** Nine places of a picture. */
export type BrandPlace = (typeof brandPlaces)[number]

export interface BrandLogo {
  file: BrandFile
  place: BrandPlace
  /** Its longer side, as a share of the clip's shorter side. */
  size: number
  /** To the border of what the apps leave free, as a share of the clip's shorter side. */
  margin: number
  /** 0 to 1. */
  opacity: number
}

export const bookendFits = ['blur', 'colour', 'crop'] as const
/** How a picture of another shape fills the clip: over its own blurred copy, on the brand's background, or cut to it. */
export type BookendFit = (typeof bookendFits)[number]

/** What plays before or after a clip. */
export interface BrandBookend {
  file: BrandFile
  /** `sound` has no picture of its own: the logo on the brand's background stands in. */
  kind: 'video' | 'still' | 'sound'
  /** How long it plays. */
  seconds: number
  fit: BookendFit
}

/** A speaker as the transcript names them, and as a clip does. */
export interface BrandPerson {
  speaker: string
  name: string
  role?: string | undefined
}

/** Colours as `#RRGGBB`; what is left out is as it is without a brand. */
export interface BrandColours {
  text?: string | undefined
  accent?: string | undefined
  box?: string | undefined
  background?: string | undefined
}

/** How the clips of one person or show look, whatever they are about. What is absent is not drawn. */
export interface Brand {
  fonts: { captions?: BrandFile | undefined; titles?: BrandFile | undefined }
  colours: BrandColours
  logo?: BrandLogo | undefined
  intro?: BrandBookend | undefined
  outro?: BrandBookend | undefined
  /** The name of whoever speaks, where they speak first. */
  lowerThird?: { seconds: number; people: BrandPerson[] } | undefined
  /** `height`: share of the clip's height. */
  progressBar?: { place: 'top' | 'bottom'; height: number } | undefined
  hookTitle?: { seconds: number } | undefined
}

/** A brand without where its files lie: equal for equal looks. */
export function contentOfBrand(brand: Brand): unknown {
  return JSON.parse(JSON.stringify(brand, (key, value: unknown) => (key === 'path' ? undefined : value)))
}

import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { CaptionFontMissing, type FontMetrics } from './caption-font.ts'
import { findNotoFont, findPackagedFont, type PackageWeight } from './find-noto-font.ts'
import { type FontFace, isInvisible, loadFontFace } from './font-face.ts'
import { scriptOf } from './script-of.ts'

export type FontWeight = 'semi-bold' | 'extra-bold' | 'black'

/** A stretch of a word that is drawn with one font; null where no font has its letters. */
export interface FontRun {
  text: string
  face: FontFace | null
}

/**
 * The fonts of one clip's captions: Montserrat or a brand's own, and for letters it lacks a Noto font each. Which one draws Chinese
 * characters depends on the language, which the clip's other letters tell: they look different in China, Japan and Korea.
 */
export interface CaptionFonts extends FontMetrics {
  main: FontFace
  /** A word as stretches of one font each; whole where one font has all of it. */
  runsOf: (text: string) => FontRun[]
  /** Whether some font has every letter. */
  shows: (text: string) => boolean
  /** The fonts that texts are drawn with, the main one first. */
  facesFor: (texts: readonly string[]) => FontFace[]
}

/** Fonts for the words of a clip; `own` takes Montserrat's place. Throws CaptionFontMissing. */
export function captionFonts(texts: readonly string[], weight: FontWeight, own: FontFace | null = null): CaptionFonts {
  const main = own ?? mainFace(weight)
  const fallbacks = fallbacksFor(texts.join(''))
  const faceOf = remember((sign: string) => findFace(sign, { main, fallbacks, weight }))
  const runsOf = remember((text: string) => splitIntoRuns(text, { main, fallbacks, weight, faceOf }))
  return {
    main,
    family: main.family,
    lineHeight: main.lineHeight,
    covers: main.covers,
    widthOf: (text) => runsOf(text).reduce((width, run) => width + widthOfRun(run), 0),
    runsOf,
    shows: (text) => runsOf(text).every(({ face }) => face !== null),
    facesFor: (its) => [...new Set([main, ...its.flatMap(runsOf).flatMap(({ face }) => face ?? [])])],
  }
}

/** Names the fonts for memo keys; for the main font alone it is that font's own fingerprint. */
export function fingerprintOf(faces: readonly FontFace[]): string {
  const [main, ...others] = faces.map(({ fingerprint }) => fingerprint)
  if (others.length === 0) return main ?? ''
  const hash = createHash('sha256').update([main, ...others.toSorted()].join())
  return hash.digest('hex').slice(0, 32)
}

const weights: Record<FontWeight, PackageWeight> = {
  'semi-bold': '600SemiBold',
  'extra-bold': '800ExtraBold',
  black: '900Black',
}

function mainFace(weight: FontWeight): FontFace {
  const its = weights[weight]
  try {
    return load(createRequire(import.meta.url).resolve(`@expo-google-fonts/montserrat/${its}/Montserrat_${its}.ttf`))
  } catch (cause) {
    throw new CaptionFontMissing(cause)
  }
}

const load = remember(loadFontFace)

const always = [
  'noto-sans',
  'noto-sans-hebrew',
  'noto-sans-arabic',
  'noto-sans-devanagari',
  'noto-sans-thai',
  'noto-emoji',
]

function fallbacksFor(text: string): string[] {
  const [sc, jp, kr] = ['noto-sans-sc', 'noto-sans-jp', 'noto-sans-kr']
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return [...always, jp, sc, kr]
  if (/\p{Script=Hangul}/u.test(text)) return [...always, kr, sc, jp]
  return [...always, sc, jp, kr]
}

interface Search {
  main: FontFace
  /** Names of packages, in the order they are asked. */
  fallbacks: readonly string[]
  weight: FontWeight
}

function findFace(text: string, { main, fallbacks, weight }: Search): FontFace | null {
  if (main.covers(text)) return main
  for (const name of fallbacks) {
    const face = loadIfThere(findPackagedFont(name, name === 'noto-emoji' ? '600SemiBold' : weights[weight]))
    if (face?.covers(text)) return face
  }
  const script = /\p{L}/u.test(text) ? scriptOf(Array.from(text)[0] ?? '') : null
  const other = script === null || script.includes(' ') ? null : loadIfThere(findNotoFont(script, weights[weight]))
  return other?.covers(text) ? other : null
}

function loadIfThere(file: string | null): FontFace | null {
  try {
    return file === null ? null : load(file)
  } catch {
    // A damaged or foreign font is as good as none: the next one is asked.
    return null
  }
}

const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })

function splitIntoRuns(text: string, search: Search & { faceOf: (text: string) => FontFace | null }): FontRun[] {
  const { main, faceOf } = search
  if (main.covers(text)) return [{ text, face: main }]
  // Noto's fonts have Latin letters and figures too: a word of two scripts looks best in one font.
  const whole = faceOf(text)
  if (whole !== null) return [{ text, face: whole }]
  const runs: FontRun[] = []
  for (const { segment } of letters.segment(text)) {
    for (const part of faceOf(segment) === null ? Array.from(segment) : [segment]) addToRuns(runs, part, faceOf)
  }
  return runs
}

/** Signs and marks stay in the font of the letters before them, so that brackets and commas match. */
function addToRuns(runs: FontRun[], part: string, faceOf: (text: string) => FontFace | null): void {
  const last = runs.at(-1)
  const leans = !/[\p{L}\p{N}\p{So}]/u.test(part)
  if (last?.face && leans && last.face.covers(part)) {
    last.text += part
    return
  }
  const face = faceOf(part)
  const opens = last !== undefined && !/[\p{L}\p{N}\p{So}]/u.test(last.text)
  if (last !== undefined && (last.face === face || (opens && face?.covers(last.text)))) {
    last.text += part
    last.face = face
    return
  }
  runs.push({ text: part, face })
}

function widthOfRun({ text, face }: FontRun): number {
  return Array.from(text).reduce((width, sign) => {
    if (isInvisible(sign)) return width
    return width + (face?.advanceOf(sign.codePointAt(0) ?? 0) ?? 1)
  }, 0)
}

function remember<Answer>(answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const its = known.get(text)
    if (its !== undefined) return its
    const found = answer(text)
    known.set(text, found)
    return found
  }
}

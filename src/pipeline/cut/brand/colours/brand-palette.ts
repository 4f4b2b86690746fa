import type { BrandColours } from '../../../../domain/brand.ts'
import { type CaptionColours, usualColours } from '../../captions/caption-colours.ts'
import { assColour, contrastOf, mix, readableOn } from './contrast.ts'

/** A brand's colours, each pair of them readable; `#RRGGBB`. */
export interface BrandPalette {
  captions: CaptionColours
  accent: string
  /** A ground that stands out, and letters on it. */
  box: string
  onBox: string
  /** A dark or quiet ground, letters on it, and letters on it that stand out. */
  background: string
  onBackground: string
  accentOnBackground: string
  /** One for each speaker, to be seen on the background. */
  speakers: readonly string[]
  /** What was changed so that it can be read, in sentences. */
  warnings: string[]
}

const usual = { text: '#FFFFFF', accent: '#FFD41F', box: '#7C3AED', background: '#141030' }
const mint = '#6BF0A6'
const edges = { dark: '#080C14', light: '#F8F6F2' }
const otherSpeakers = ['#5AC8FF', '#7CF29A', '#FF9BC0', '#FFD41F']

/** Large letters can be read from 3 : 1 on, ordinary ones from 4.5 : 1 (WCAG 2.2, 1.4.3). */
const [large, ordinary] = [3, 4.5]

/** Colours to draw with: the brand's, as far as they can be read where they stand. */
export function brandPalette(its: BrandColours): BrandPalette {
  const text = its.text ?? usual.text
  const edge = contrastOf(text, edges.dark) >= contrastOf(text, edges.light) ? edges.dark : edges.light
  const accent = readableOn(its.accent ?? usual.accent, edge, large)
  const box = its.box ?? usual.box
  const background = its.background ?? usual.background
  const onBackground = lettersOn(background, text, ordinary)
  const accentOnBackground = readableOn(its.accent ?? usual.accent, background, ordinary)
  const onBox = lettersOn(box, text, large)
  const speakers = [accentOnBackground, ...otherSpeakers.filter((other) => distance(other, accentOnBackground) > 140)]
  return {
    captions: isEmpty(its) ? usualColours : captionColours({ its, text, edge, accent, box, onBox }),
    accent,
    box,
    onBox,
    background,
    onBackground,
    accentOnBackground,
    speakers: speakers.map((speaker) => readableOn(speaker, background, ordinary)),
    warnings: accent === (its.accent ?? accent) ? [] : [unreadable(its.accent ?? '', accent)],
  }
}

interface Chosen {
  its: BrandColours
  text: string
  edge: string
  accent: string
  box: string
  onBox: string
}

function captionColours({ its, text, edge, accent, box, onBox }: Chosen): CaptionColours {
  const card = its.background ?? '#121620'
  const onCard = lettersOn(card, text, ordinary)
  const others = otherSpeakers.filter((other) => distance(other, accent) > 140)
  const colours = {
    text,
    accent,
    strong: readableOn(its.accent === undefined ? mint : mix(accent, text, 0.5), edge, large),
    edge,
    ground: box,
    onGround: onBox,
    card,
    onCard,
    dimOnCard: readableOn(mix(onCard, card, 0.4), card, ordinary),
    accentOnCard: readableOn(its.accent ?? usual.accent, card, ordinary),
  }
  const speakers = [accent, ...others].map((speaker) => assColour(readableOn(speaker, edge, large)))
  const asAss = Object.entries(colours).map(([name, colour]) => [name, assColour(colour)])
  return { ...usualColours, ...Object.fromEntries(asAss), speakers }
}

/** The wanted letters where they can be read, else dark or light ones. */
function lettersOn(ground: string, wanted: string, least: number): string {
  if (contrastOf(wanted, ground) >= least) return wanted
  return contrastOf('#FFFFFF', ground) >= contrastOf(edges.dark, ground) ? '#FFFFFF' : edges.dark
}

function distance(a: string, b: string): number {
  const [from, to] = [a, b].map((colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)))
  return Math.hypot(...(from ?? []).map((channel, i) => channel - (to?.[i] ?? 0)))
}

function isEmpty(its: BrandColours): boolean {
  return Object.values(its).every((colour) => colour === undefined)
}

function unreadable(asked: string, drawn: string): string {
  return `The brand's accent ${asked} can hardly be told from the edge of the letters; captions draw it as ${drawn}.`
}

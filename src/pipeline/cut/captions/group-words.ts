import { breakCost, endsClause, endsSentence } from './break-cost.ts'
import { readingLength } from './reading-speed.ts'
import type { Token } from './split-into-tokens.ts'

/** Tokens shown together, on one or two lines; times in seconds from the clip's start. */
export interface Phrase {
  start: number
  /** When it leaves the screen; never after the next phrase's start. */
  end: number
  lines: Token[][]
  /** Width of its widest line ÷ the width there is: over 1 it must be drawn smaller. */
  fullness: number
}

/** What a phrase may be; widths in the unit of the tokens' widths, times in seconds. */
export interface PhraseRules {
  lineWidth: number
  spaceWidth: number
  /** Letters a line that can be read at a glance. */
  lettersPerLine: number
  /** How much too full a line may be, to keep up with fast speech. */
  mostFullness: number
  /** Words wanted at once; null when only lines and times count. */
  words: { least: number; most: number } | null
  leastSeconds: number
  mostSeconds: number
  /** A silence of this length always ends a phrase, which is gone by its end. */
  longestHold: number
  /** How long a phrase stays after its last word when silence follows. */
  linger: number
  /** How much a bad break between two lines counts, next to one between phrases; 0.35 unless told. */
  lineTie?: number
  /** Letters a second that can be read; over it, phrases are joined and held as long as the voice allows. */
  readingSpeed?: number
}

/** Past this cost a phrase is only chosen when there is no other. */
const forbidden = 1000

/**
 * Groups tokens into phrases so that the sum of what hurts is least: breaks in bad places, phrases too short to be
 * read, too many words or too full lines. All groupings are weighed (dynamic programming over the last break), so
 * that a good break now never forces a bad one next. Time grows with tokens × tokens on a screen.
 */
export function groupWords(tokens: readonly Token[], rules: PhraseRules): Phrase[] {
  const best: { cost: number; from: number; shape: Shape }[] = [
    { cost: 0, from: 0, shape: { lines: [], fullness: 0, cost: 0 } },
  ]
  for (let end = 1; end <= tokens.length; end += 1) {
    let choice = { cost: Infinity, from: end - 1, shape: { lines: [], fullness: 0, cost: 0 } as Shape }
    for (let from = end - 1; from >= 0; from -= 1) {
      const inside = tokens.slice(from, end)
      if (inside.length > 1 && isHopeless(inside, rules)) break
      const shape = shapeOf(inside, rules)
      const cost = (best[from]?.cost ?? 0) + shape.cost + costOf(inside, tokens[end], rules)
      if (cost < choice.cost) choice = { cost, from, shape }
    }
    best.push(choice)
  }
  return withTimes(chosen(best), rules)
}

interface Shape {
  lines: Token[][]
  fullness: number
  cost: number
}

function chosen(best: { from: number; shape: Shape }[]): Shape[] {
  const shapes: Shape[] = []
  for (let end = best.length - 1; end > 0; ) {
    const step = best[end]
    if (step === undefined) break
    shapes.unshift(step.shape)
    end = step.from
  }
  return shapes
}

function isHopeless(tokens: Token[], rules: PhraseRules): boolean {
  return widthOfLine(tokens, rules) > 2 * rules.mostFullness * rules.lineWidth
}

/** One line when it fits, otherwise the two that are most even and break best. */
function shapeOf(tokens: Token[], rules: PhraseRules): Shape {
  const whole = fullnessOf(tokens, rules)
  let shape: Shape = { lines: [tokens], fullness: whole, cost: costOfFullness(whole, tokens, rules) }
  for (let at = 1; at < tokens.length; at += 1) {
    const [previous, next] = [tokens[at - 1], tokens[at]]
    if (previous === undefined || next === undefined) continue
    const lines = [tokens.slice(0, at), tokens.slice(at)]
    const [upper, lower] = [fullnessOf(lines[0] ?? [], rules), fullnessOf(lines[1] ?? [], rules)]
    const fullness = Math.max(upper, lower)
    const cost =
      0.5 +
      (rules.lineTie ?? 0.35) * breakCost(previous, next) +
      Math.abs(upper - lower) +
      costOfFullness(fullness, tokens, rules)
    if (cost < shape.cost) shape = { lines, fullness, cost }
  }
  return shape
}

function costOfFullness(fullness: number, tokens: Token[], { mostFullness }: PhraseRules): number {
  if (fullness <= 1) return 0
  // A word alone can't be helped: it will be drawn smaller.
  if (fullness > mostFullness && tokens.length > 1) return forbidden
  return 1 + 10 * (fullness - 1)
}

function fullnessOf(tokens: Token[], rules: PhraseRules): number {
  const letters = tokens.reduce((sum, { text, glued }) => sum + text.length + (glued ? 0 : 1), -1)
  return Math.max(widthOfLine(tokens, rules) / rules.lineWidth, letters / rules.lettersPerLine)
}

function widthOfLine(tokens: Token[], { spaceWidth }: PhraseRules): number {
  return tokens.reduce((sum, { width, glued }, i) => sum + width + (glued || i === 0 ? 0 : spaceWidth), 0)
}

function costOf(tokens: Token[], next: Token | undefined, rules: PhraseRules): number {
  const last = tokens.at(-1)
  const end = last === undefined || next === undefined ? 0 : breakCost(last, next)
  return 1 + end + costInside(tokens, rules) + costOfCount(tokens, next, rules) + costOfTime(tokens, next, rules)
}

/** What should have been a border but isn't. */
function costInside(tokens: Token[], { longestHold, words }: PhraseRules): number {
  return tokens.slice(1).reduce((sum, token, i) => {
    const previous = tokens[i]
    if (previous === undefined) return sum
    if (token.start - previous.end > longestHold) return sum + forbidden
    if (token.speaker !== previous.speaker) return sum + 30
    if (endsSentence(previous.text)) return sum + (words === null ? 1.5 : 6)
    const pause = token.start - previous.end >= 0.4 ? 2 : 0
    return sum + pause + (words !== null && endsClause(previous.text) ? 0.8 : 0)
  }, 0)
}

function costOfCount(tokens: Token[], next: Token | undefined, { words }: PhraseRules): number {
  if (words === null) return 2
  const count = tokens.reduce((sum, { glued }) => sum + (glued ? 0.5 : 1), 0)
  const last = tokens.at(-1)
  if (count < words.least) return last !== undefined && (next === undefined || endsSentence(last.text)) ? 1.5 : 4
  return Math.max(0, count - words.most) * 1.5
}

function costOfTime(tokens: Token[], next: Token | undefined, rules: PhraseRules): number {
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (first === undefined || last === undefined) return 0
  const shown = Math.min(next?.start ?? Infinity, last.end + rules.longestHold) - first.start
  const hurry = Math.max(0, 1 - shown / rules.leastSeconds) * 14
  const haste =
    rules.readingSpeed === undefined ? 0 : Math.max(0, secondsToRead(tokens, rules.readingSpeed) / shown - 1)
  return hurry + Math.min(hasteCap, haste * 12) + Math.max(0, last.end - first.start - rules.mostSeconds) * 4
}

/** Past this the voice is faster than any grouping can mend. */
const hasteCap = 12

/** At a speed in letters a second, spaces included. */
function secondsToRead(tokens: readonly Token[], readingSpeed: number): number {
  const letters = tokens.reduce((sum, { text, glued }) => sum + readingLength(text) + (glued ? 0 : 1), -1)
  return letters / readingSpeed
}

function withTimes(shapes: Shape[], rules: PhraseRules): Phrase[] {
  const startOf = (shape: Shape | undefined) => shape?.lines[0]?.[0]?.start ?? Infinity
  return shapes.map((shape, i) => {
    const start = startOf(shape)
    const said = Math.max(start, ...shape.lines.flat().map(({ end }) => end))
    return {
      start,
      end: endOf({ start, said, next: startOf(shapes[i + 1]), tokens: shape.lines.flat() }, rules),
      lines: shape.lines,
      fullness: shape.fullness,
    }
  })
}

interface Showing {
  start: number
  /** End of its last word. */
  said: number
  /** Start of the next phrase. */
  next: number
  tokens: readonly Token[]
}

/** Holds until the next phrase over a short silence; otherwise stays a little, and long enough to be read. */
function endOf({ start, said, next, tokens }: Showing, rules: PhraseRules): number {
  if (next - said <= rules.longestHold) return next
  const read = rules.readingSpeed === undefined ? 0 : secondsToRead(tokens, rules.readingSpeed)
  const wanted = Math.max(said + rules.linger, start + rules.leastSeconds, start + read)
  return Math.min(wanted, said + rules.longestHold)
}

import { type CaptionLine, textOf } from '../formats/parse-cue-lines.ts'

/** A cue while its lines still matter. Seconds; `lineNumber` is its place in the file. */
export interface Caption {
  start: number
  end: number
  lines: CaptionLine[]
  lineNumber: number
}

/** Below this share of cues, a repeated line is someone who says the same twice. Rolling captions reach a half. */
const rollingShare = 0.25

/**
 * Live and automatic captions roll: each cue shows the line before again and adds one. When a file does that, every
 * line is kept once, where it first appears; other files are left alone ("No. No.").
 */
export function undoRollingCaptions(captions: Caption[]): { captions: Caption[]; removed: number } {
  const fresh = captions.map((caption, index) => freshLines(caption, captions[index - 1]))
  const rolling = fresh.filter((lines, index) => lines.length > 0 && lines !== captions[index]?.lines).length
  if (rolling < 2 || rolling < captions.length * rollingShare) return { captions, removed: 0 }
  const kept = captions.flatMap((caption, index) => {
    const lines = fresh[index] ?? caption.lines
    return lines.length > 0 ? [{ ...caption, lines }] : []
  })
  return { captions: kept, removed: fresh.filter((lines, index) => lines !== captions[index]?.lines).length }
}

/** The lines a caption adds to the one before it; its own array when it repeats nothing. */
function freshLines(caption: Caption, before: Caption | undefined): CaptionLine[] {
  // A second apart means the screen was empty in between.
  if (!before || caption.start > before.end + 1) return caption.lines
  const shown = before.lines.map(plain)
  const now = caption.lines.map(plain)
  for (let count = Math.min(shown.length, now.length); count > 0; count--) {
    if (now.slice(0, count).every((line, index) => line === shown[shown.length - count + index])) {
      return caption.lines.slice(count)
    }
  }
  return grownLine(caption, shown) ?? caption.lines
}

/** `I was` → `I was going` → `I was going home`: the same line painted word by word. */
function grownLine({ lines }: Caption, shown: string[]): CaptionLine[] | null {
  const [first, ...others] = lines
  const last = shown.at(-1)
  const piece = first?.pieces.length === 1 ? first.pieces[0] : undefined
  if (!piece || !last || !plain({ pieces: [piece] }).startsWith(`${last} `)) return null
  return [{ pieces: [{ ...piece, text: piece.text.trim().slice(last.length) }] }, ...others]
}

function plain(line: CaptionLine): string {
  return textOf(line).trim()
}

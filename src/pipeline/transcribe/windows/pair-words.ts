import type { TimeRange } from '../../../domain/time-range.ts'

interface TimedText extends TimeRange {
  text: string
}

/** Only so many words are laid over each other: a few seconds of speech are some thirty, more is an engine gone wild. */
const mostWords = 400
const matchScore = 2
const gapScore = -1

/**
 * Which words of two readings of the same sound are the same: the alignment that pairs most words in order (Needleman and Wunsch,
 * 1970), where a pair must be the same letters less than `looseness` seconds apart. Answers with places in `left` and `right`.
 */
export function pairWords(
  left: readonly TimedText[],
  right: readonly TimedText[],
  looseness: number,
): [left: number, right: number][] {
  // Of too many, those next to the border of both.
  const skipped = Math.max(0, left.length - mostWords)
  const own = left.slice(skipped)
  const others = right.slice(0, mostWords)
  const names = [own.map(({ text }) => plain(text)), others.map(({ text }) => plain(text))] as const
  const isPair = (i: number, j: number) => {
    const [one, other] = [own[i], others[j]]
    if (!one || !other || names[0][i] === '' || names[0][i] !== names[1][j]) return false
    return Math.abs((one.start + one.end) / 2 - (other.start + other.end) / 2) < looseness
  }
  const scores = table(own.length, others.length, isPair)
  return walkBack(scores, isPair).map(([i, j]) => [i + skipped, j])
}

/** scores[i][j]: the best that the first i and the first j words can reach. */
function table(rows: number, columns: number, isPair: (i: number, j: number) => boolean): number[][] {
  const scores = [Array.from({ length: columns + 1 }, (_, j) => j * gapScore)]
  for (let i = 1; i <= rows; i++) {
    const above = scores[i - 1] ?? []
    const row = [i * gapScore]
    for (let j = 1; j <= columns; j++) {
      const diagonal = (above[j - 1] ?? 0) + (isPair(i - 1, j - 1) ? matchScore : 2 * gapScore)
      row.push(Math.max(diagonal, (above[j] ?? 0) + gapScore, (row[j - 1] ?? 0) + gapScore))
    }
    scores.push(row)
  }
  return scores
}

function walkBack(scores: number[][], isPair: (i: number, j: number) => boolean): [number, number][] {
  const pairs: [number, number][] = []
  let [i, j] = [scores.length - 1, (scores[0]?.length ?? 1) - 1]
  while (i > 0 && j > 0) {
    const score = scores[i]?.[j]
    if (isPair(i - 1, j - 1) && score === (scores[i - 1]?.[j - 1] ?? 0) + matchScore) {
      pairs.unshift([--i, --j])
    } else if (score === (scores[i - 1]?.[j] ?? 0) + gapScore) i--
    else j--
  }
  return pairs
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}

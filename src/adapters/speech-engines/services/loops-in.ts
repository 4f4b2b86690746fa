/** A stretch of words that repeats itself: indices, `to` not included. */
export interface Loop {
  from: number
  to: number
}

/** A chorus has eight words or so; a model that lost its way repeats up to whole sentences. */
const longestPhrase = 24

/**
 * Stretches in which one phrase comes again and again, without anything between, more often than people do that: a single word twelve times,
 * two or three words seven times, longer phrases five times.
 */
export function loopsIn(words: readonly string[]): Loop[] {
  const loops: Loop[] = []
  for (let from = 0; from < words.length; ) {
    const loop = loopAt(words, from)
    if (loop) loops.push(loop)
    from = loop?.to ?? from + 1
  }
  return loops
}

function loopAt(words: readonly string[], from: number): Loop | null {
  for (let length = 1; length <= longestPhrase && from + length * 2 <= words.length; length++) {
    let to = from + length
    while (to < words.length && words[to] === words[to - length]) to++
    const times = Math.floor((to - from) / length)
    if (times >= leastTimes(length)) return { from, to: from + times * length }
  }
  return null
}

function leastTimes(length: number): number {
  if (length === 1) return 12
  return length <= 3 ? 7 : 5
}

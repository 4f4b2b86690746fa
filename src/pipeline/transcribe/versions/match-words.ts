/** How far apart two texts may run before they meet again: some paragraphs. */
const farthest = 400
/** So many words in a row must be the same for the texts to have met again; two are found everywhere. */
const meeting = 3

/**
 * Which word of `old` each word of `edited` is, or -1, in order: the texts are walked side by side, and where they differ the nearest
 * place is looked for at which they agree again. Time and memory grow with the length of the texts alone.
 */
export function matchWords(old: readonly string[], edited: readonly string[]): Int32Array {
  const matches = new Int32Array(edited.length).fill(-1)
  let [i, j] = [0, 0]
  while (i < old.length && j < edited.length) {
    if (old[i] === edited[j]) {
      matches[j++] = i++
      continue
    }
    const met = nextMeeting({ old, edited, i, j })
    if (met === null) {
      // One word is passed over on both sides; the texts may meet after it.
      i++
      j++
      continue
    }
    i += met.old
    j += met.edited
  }
  return matches
}

interface Place {
  old: readonly string[]
  edited: readonly string[]
  i: number
  j: number
}

/** The fewest words to pass over, on both sides together. */
function nextMeeting({ old, edited, i, j }: Place): { old: number; edited: number } | null {
  // The usual correction: one word instead of another.
  if (old[i + 1] !== undefined && old[i + 1] === edited[j + 1]) return { old: 1, edited: 1 }
  for (let sum = 1; sum <= farthest; sum++) {
    for (let inOld = Math.min(sum, old.length - i); inOld >= 0; inOld--) {
      const inEdited = sum - inOld
      if (inEdited > edited.length - j) break
      if (agrees({ old, edited, i: i + inOld, j: j + inEdited })) return { old: inOld, edited: inEdited }
    }
  }
  return null
}

function agrees({ old, edited, i, j }: Place): boolean {
  for (let k = 0; k < meeting; k++) {
    const [a, b] = [old[i + k], edited[j + k]]
    // Where both texts end, fewer will do.
    if (a === undefined && b === undefined) return k > 0 || (i === old.length && j === edited.length)
    if (a !== b) return false
  }
  return true
}

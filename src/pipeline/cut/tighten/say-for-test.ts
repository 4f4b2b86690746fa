import type { SpokenWord } from './spoken-word.ts'

/** Words of 0.3 s, one after the other; ` … ` is half a second of silence, `B:` another speaker. */
export function say(text: string, timing: SpokenWord['timing'] = 'exact'): SpokenWord[] {
  let [time, speaker] = [0, 'A']
  return text.split(' ').flatMap((token) => {
    if (token === '…') time += 0.5
    else if (/^[A-Z]:$/.test(token)) speaker = token[0] ?? 'A'
    else {
      time += 0.3
      return [{ text: token, start: time - 0.3, end: time, confidence: null, timing, speaker }]
    }
    return []
  })
}

/** What captions put in round brackets when it is a sound and not something said: at most five words, one a sound. */
const soundWord =
  /^\W*(?:(?:all|both|audience|crowd|man|woman|he|she|they|everyone|loud|soft|light|upbeat|dramatic|gentle|theme|clears|speaking)\s+)*(?:laugh(?:s|ing|ter)?|chuckl(?:es?|ing)|giggl(?:es?|ing)|applau(?:se|ds|ding)|clap(?:s|ping)|cheer(?:s|ing)|music|sigh(?:s|ing)?|cough(?:s|ing)?|gasp(?:s|ing)?|sniff(?:s|ing|les)|groan(?:s|ing)?|scream(?:s|ing)?|sob(?:s|bing)|whistl(?:es|ing)|snort(?:s|ing)|inaudible|indistinct(?:ly)?|unintelligible|cross-?talk|silence|pause|beep(?:s|ing)?|throat|noise|static)(?![\p{L}\p{N}])/iu
const mostSoundWords = 5
const longestNote = 120

/**
 * What is said, without what editors wrote about the sound: `[laughter]`, `(applause)`, `♪ … ♪`, `*coughs*`.
 * Square brackets are always a note; round ones and stars only when they name a sound.
 */
export function removeSounds(text: string): { text: string; sounds: number } {
  if (!/[[(♪♫*（［【]/.test(text)) return { text, sounds: 0 }
  let sounds = 0
  const drop = () => {
    sounds++
    return ' '
  }
  const spoken = text
    .replace(/[♪♫][^♪♫]*[♪♫]|[♪♫].*$/gs, drop)
    .replace(/[[［【]([^[\]［］【】]*)[\]］】]/g, (whole, inner: string) =>
      inner.length > longestNote ? whole : drop(),
    )
    .replace(/[(（]([^()（）]*)[)）]/g, (whole, inner: string) => (isSound(inner) ? drop() : whole))
    .replace(/\*([^*\n]*)\*/g, (whole, inner: string) => (isSound(inner) ? drop() : whole))
  return { text: spoken, sounds }
}

function isSound(inner: string): boolean {
  return inner.length <= longestNote && inner.trim().split(/\s+/).length <= mostSoundWords && soundWord.test(inner)
}

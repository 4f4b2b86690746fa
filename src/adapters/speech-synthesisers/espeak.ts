import type { ChildProcessLedger } from '../../media/child-process-ledger.ts'
import { runTool } from '../../media/run-tool.ts'
import type { SpeechSynthesiser, SpokenWords } from '../../pipeline/transcribe/align/speech-synthesiser.ts'
import { EspeakMisspoke } from './espeak-errors.ts'
import { voiceFor } from './parse-voices.ts'
import { readWave } from './read-wave.ts'
import { splitAtSilences } from './split-at-silences.ts'

export interface EspeakProgram {
  /** Absolute path. */
  path: string
  /** e.g. `1.51`. */
  version: string
  /** Languages it speaks, in lower case. */
  voices: string[]
}

/** Between words, so long that no word has such a silence inside; eSpeak fills it with samples of exactly 0. */
const breakMs = 500
const leastSilence = 0.4
/** An argument may have 128 kB; this stays far below. */
const mostLetters = 8_000
/** Words of samples that must come out of that many letters, at most, by far. */
const mostBytes = 400e6

/**
 * espeak-ng as a child process. Words are separated by marked breaks (SSML), which it fills with digital silence: each word then
 * begins and ends exactly at its samples. Measured against its own phoneme lists and pauses between words (`-g`): those join
 * "of the" to one, and split numbers.
 */
export function espeak({ path, version, voices }: EspeakProgram, ledger?: ChildProcessLedger): SpeechSynthesiser {
  return {
    fingerprint: `espeak-ng ${version}`,
    voiceFor: (language) => voiceFor(language, voices),
    async say(words, { voice, signal }) {
      const spoken: Int16Array[] = []
      let rate = 0
      for (const batch of batchesOf(words)) {
        const said = await sayAll(batch, (texts) => speak({ path, texts, voice, signal, ledger }))
        spoken.push(...said.words)
        rate = said.rate || rate
      }
      return { words: spoken, rate: rate || 22_050 }
    },
  }
}

function batchesOf(words: readonly string[]): string[][] {
  const batches: string[][] = []
  let letters = mostLetters
  for (const word of words) {
    letters += word.length + 30
    if (letters > mostLetters) {
      batches.push([])
      letters = word.length
    }
    batches.at(-1)?.push(word.slice(0, 100))
  }
  return batches
}

/** A word without a sound (a sign, letters of another script) makes the count wrong: then halves are said, down to one word. */
async function sayAll(
  words: readonly string[],
  say: (texts: readonly string[]) => Promise<SpokenWords>,
): Promise<SpokenWords> {
  const [sounding, silent] = [words.filter((word) => word !== ''), words.includes('')]
  if (silent) {
    const said = await sayAll(sounding, say)
    let next = 0
    return {
      ...said,
      words: words.map((word) => (word === '' ? new Int16Array(0) : (said.words[next++] ?? new Int16Array(0)))),
    }
  }
  if (words.length === 0) return { words: [], rate: 0 }
  const said = await say(words)
  if (said.words.length === words.length) return said
  if (words.length === 1) return { ...said, words: [said.words.length === 0 ? new Int16Array(0) : joined(said.words)] }
  const middle = Math.ceil(words.length / 2)
  const [first, second] = [await sayAll(words.slice(0, middle), say), await sayAll(words.slice(middle), say)]
  return { rate: first.rate || second.rate, words: [...first.words, ...second.words] }
}

function joined(parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]))
}

interface Speaking {
  path: string
  texts: readonly string[]
  voice: string
  signal: AbortSignal
  ledger: ChildProcessLedger | undefined
}

async function speak({ path, texts, voice, signal, ledger }: Speaking): Promise<SpokenWords> {
  const chunks: Buffer[] = []
  let size = 0
  const marked = texts.map((text) => `${escapeXml(text)} <break time="${breakMs}ms"/>`).join(' ')
  await runTool({
    command: path,
    args: ['-v', voice, '-b', '1', '-m', '-z', '--stdout', `<speak>${marked}</speak>`],
    signal,
    ledger,
    timeoutSeconds: 120,
    onStdout: (chunk) => {
      size += chunk.length
      if (size > mostBytes) throw new EspeakMisspoke('does not stop speaking')
      chunks.push(chunk)
    },
  })
  const wave = readWave(Buffer.concat(chunks))
  if (wave === null) throw new EspeakMisspoke('answered with something that is no sound')
  return { rate: wave.rate, words: splitAtSilences(wave.samples, wave.rate * leastSilence) }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

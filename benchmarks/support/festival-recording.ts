import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../src/domain/seeded-random.ts'

export interface TimedWord {
  text: string
  start: number
  end: number
}

/** A sound file, and the words of each of its captions with their true times in seconds. */
export interface TimedRecording {
  path: string
  captions: TimedWord[][]
}

const rate = 16_000

/**
 * Speech of Festival, another synthesiser than ours (a diphone voice and one of hidden Markov models, Debian's festvox-kallpc16k and
 * festvox-us-slt-hts), which tells when it says each word; with pauses of 0.1 to 1.2 s between captions.
 */
export function festivalRecording(request: { voice: string; sentences: string[]; folder: string }): TimedRecording {
  const { voice, sentences, folder } = request
  const script = join(folder, `${voice}.scm`)
  const fileOf = (index: number) => join(folder, `${voice}-${index}.wav`)
  writeFileSync(
    script,
    [`(voice_${voice})`, sayWords, ...sentences.map((text, i) => `(say "${text}" "${fileOf(i)}")`)].join('\n'),
  )
  const blocks = execFileSync('festival', ['--batch', script], { encoding: 'utf8', maxBuffer: 1e8 })
    .split('=\n')
    .slice(1)
  const random = seededRandom(7)
  const parts: Buffer[] = []
  const captions: TimedWord[][] = []
  let time = 0
  const add = (part: Buffer) => {
    parts.push(part)
    time += part.length / 2 / rate
  }
  for (const [index, block] of blocks.entries()) {
    add(Buffer.alloc(2 * Math.round(rate * (0.1 + 1.1 * random()))))
    const offset = time
    const spoken = block
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
    const written = (sentences[index] ?? '').split(' ')
    // Where a number was said as several words, theirs can't be told apart.
    if (spoken.length === written.length)
      captions.push(
        written.map((text, w) => ({
          text,
          start: offset + Number(spoken[w]?.[1]),
          end: offset + Number(spoken[w]?.[2]),
        })),
      )
    add(
      execFileSync(
        'ffmpeg',
        ['-loglevel', 'error', '-i', fileOf(index), '-ac', '1', '-ar', String(rate), '-f', 's16le', '-'],
        { maxBuffer: 1e8 },
      ),
    )
  }
  const path = join(folder, `${voice}.wav`)
  toWave(Buffer.concat(parts), path)
  return { path, captions }
}

const sayWords = `
(define (say text wav)
  (let ((u (utt.synth (eval (list 'Utterance 'Text text)))))
    (utt.save.wave u wav)
    (format t "=\\n")
    (mapcar
      (lambda (w) (format t "%s %s %s\\n" (item.name w) (item.feat w "word_start") (item.feat w "word_end")))
      (utt.relation.items u 'Word))))`

function toWave(samples: Buffer, path: string): void {
  const raw = `${path}.raw`
  writeFileSync(raw, samples)
  execFileSync('ffmpeg', ['-y', '-loglevel', 'error', '-f', 's16le', '-ar', String(rate), '-ac', '1', '-i', raw, path])
}

/** The same recording through a filter of ffmpeg that keeps its times. */
export function filtered({ path, captions }: TimedRecording, name: string, filter: string): TimedRecording {
  const target = path.replace(/\.\w+$/, `-${name}.wav`)
  execFileSync('ffmpeg', [
    '-y',
    '-loglevel',
    'error',
    '-i',
    path,
    '-filter_complex',
    filter,
    '-ar',
    String(rate),
    '-ac',
    '1',
    target,
  ])
  return { path: target, captions }
}

/** Sentences of our own demo, without its numbers. */
export function demoSentences(): string[] {
  const text = readFileSync(new URL('../../examples/night-bakery.vtt', import.meta.url), 'utf8')
  return [...text.matchAll(/<v [^>]*>([^<]*)<\/v>/g)]
    .map(([, said = '']) => said.replace(/[^\p{L}' ,.?!]/gu, ''))
    .filter((said) => said.split(' ').length >= 3 && !/\b[A-Z]\b/.test(said.replace(/\bI\b/g, '')))
}

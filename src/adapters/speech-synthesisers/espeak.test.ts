import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { espeak } from './espeak.ts'
import { findEspeak } from './find-espeak.ts'
import { parseVoices, voiceFor } from './parse-voices.ts'
import { readWave } from './read-wave.ts'
import { splitAtSilences } from './split-at-silences.ts'

const program = await findEspeak(undefined)
const signal = new AbortController().signal

describe('splitAtSilences', () => {
  const of = (...samples: number[]) => splitAtSilences(Int16Array.from(samples), 3).map((sound) => [...sound])

  test('splits where it is silent for long, and keeps short silences', () => {
    expect(of(0, 0, 5, 0, 0, 6, 0, 0, 0, 7, 0)).toEqual([[5, 0, 0, 6], [7]])
  })

  test('finds nothing in silence', () => {
    expect(of()).toEqual([])
    expect(of(0, 0, 0)).toEqual([])
  })
})

describe('readWave', () => {
  test('refuses what is no sound of one channel of 16 bits', () => {
    expect(readWave(Buffer.from('hello'))).toBeNull()
    expect(readWave(Buffer.alloc(100))).toBeNull()
    expect(readWave(wave({ channels: 2 }))).toBeNull()
    expect(readWave(wave({}).subarray(0, 40))).toBeNull()
  })

  test('reads one whose size nobody knew', () => {
    expect(readWave(wave({ size: 0x7ffff000 }))).toEqual({ samples: Int16Array.of(1, -2), rate: 22_050 })
  })
})

function wave({ channels = 1, size = 4 }: { channels?: number; size?: number }): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(22_050, 24)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(size, 40)
  return Buffer.concat([header, Buffer.from(Int16Array.of(1, -2).buffer)])
}

describe('voices', () => {
  const listed = parseVoices(
    [
      'Pty Language       Age/Gender VoiceName          File                 Other Languages',
      ' 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)',
      ' 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)',
      ' 2  en-us           --/M      English_(America)  gmw/en-US            (en 3)',
      ' 5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR            (pt 6)',
      ' 5  de              --/M      German             gmw/de',
    ].join('\n'),
  )

  test.each([
    ['en', 'en-us'],
    ['en-GB', 'en-gb'],
    ['en-AU', 'en-us'],
    ['de-AT', 'de'],
    ['zh-Hans', 'cmn'],
    ['pt', 'pt-br'],
    ['xx', null],
  ])('for %s is %s', (language, voice) => {
    expect(voiceFor(language, listed)).toBe(voice)
  })
})

describe.skipIf(program === null)('espeak-ng (wants it installed)', () => {
  const say = (words: string[], voice = 'en-us') => {
    if (program === null) throw new Error('There is no espeak-ng.')
    return espeak(program).say(words, { voice, signal })
  }

  test('says each word by itself, the same each time', async () => {
    const words = ['ask', 'not', 'what', 'your', 'country', 'stop', 'of', 'the', '1961']
    const said = await say(words)
    expect(said.words).toHaveLength(words.length)
    for (const samples of said.words) expect(samples.length / said.rate).toBeGreaterThan(0.05)
    expect(await say(words)).toEqual(said)
    // In other company a word is the same to some samples.
    const [alone] = (await say(['country'])).words
    expect(Math.abs((alone?.length ?? 0) - (said.words[4]?.length ?? 0))).toBeLessThan(100)
  })

  test('is not confused by words without sound, signs and marks', async () => {
    const { words } = await say(['one', '', '☃', '<break time="9s"/>', 'a&b', '--help', 'two'])
    expect(words).toHaveLength(7)
    expect(words[1]).toHaveLength(0)
    expect([words[0]?.length, words[6]?.length].every((length) => (length ?? 0) > 1000)).toBe(true)
  })

  test('says hundreds of words', async () => {
    const { words } = await say(Array.from({ length: 700 }, (_, i) => (i % 2 ? 'bread' : 'night')))
    expect(words).toHaveLength(700)
    const bread = words.filter((_, i) => i % 2 === 1).map(({ length }) => length)
    expect(Math.max(...bread) - Math.min(...bread)).toBeLessThan(500)
  })

  test('is found only where it works', async () => {
    expect(await findEspeak('off')).toBeNull()
    await expect(findEspeak('/nowhere/espeak-ng')).rejects.toMatchObject({ code: 'ESPEAK_BROKEN' })
    const folder = await mkdtemp(join(tmpdir(), 'clipwright-espeak-'))
    try {
      const other = join(folder, 'espeak-ng')
      await writeFile(other, '#!/bin/sh\necho hello\n', { mode: 0o755 })
      await expect(findEspeak(other)).rejects.toMatchObject({ code: 'ESPEAK_BROKEN' })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describeTranscriber } from '../../../test/suites/transcriber-suite.ts'
import { mediaInfoOf } from '../../../test/support/media-info.ts'
import { sidecar } from './sidecar.ts'

const srt = '1\n00:00:01,000 --> 00:00:03,000\nHello there.\n\n2\n00:00:03,000 --> 00:00:05,000\nHow are you?\n'
const whisper = JSON.stringify({ language: 'en', segments: [{ start: 0, end: 2, text: 'From JSON.' }] })
const { signal } = new AbortController()
const newFolder = () => mkdtemp(join(tmpdir(), 'clipwright-sidecar-'))
const recordingAt = (path: string, language: string | null = null) => {
  const info = mediaInfoOf(10)
  return {
    path,
    hash: 'abc',
    info: { ...info, audio: info.audio.map((track) => ({ ...track, language })) },
    givenTranscript: null,
  }
}

describeTranscriber('sidecar', async () => {
  const folder = await newFolder()
  await writeFile(join(folder, 'talk.srt'), srt)
  await writeFile(join(folder, 'music.json'), JSON.stringify({ text: '', segments: [], language: 'en' }))
  return {
    transcriber: sidecar,
    spoken: recordingAt(join(folder, 'talk.mp4')),
    empty: recordingAt(join(folder, 'other.mp4')),
    silent: recordingAt(join(folder, 'music.mp4')),
    async change() {
      await writeFile(join(folder, 'talk.srt'), srt.replace('Hello', 'Goodbye'))
      return { transcriber: sidecar, spoken: recordingAt(join(folder, 'talk.mp4')) }
    },
    dispose: () => rm(folder, { recursive: true }),
  }
})

describe('sidecar', () => {
  let folder: string
  beforeEach(async () => {
    folder = await newFolder()
  })
  afterEach(() => rm(folder, { recursive: true }))

  async function found(names: string[], { recording = 'talk.mp4', language = null as string | null } = {}) {
    for (const name of names) await writeFile(join(folder, name), name.endsWith('.json') ? whisper : srt)
    return sidecar.find(recordingAt(join(folder, recording), language), { signal })
  }

  test.each([
    [['talk.srt'], 'talk.srt'],
    [['talk.mp4.vtt'], 'talk.mp4.vtt'],
    [['TALK.srt', 'talk.SRT'], 'talk.SRT'],
    [['talk.srt', 'talk.vtt', 'talk.json'], 'talk.json'],
    [['talk.en.srt', 'talk.vtt'], 'talk.vtt'],
    [['talk.fr.srt', 'talk.en.srt', 'talk.pt-BR.srt'], 'talk.en.srt'],
    [['talk.en.vtt', 'talk.ja-orig.vtt'], 'talk.ja-orig.vtt'],
  ])('of %j, %s is read', async (names, expected) => {
    expect((await found(names))?.origin).toMatchObject({ kind: 'sidecar', name: expected })
  })

  test.each([
    [['talk2.srt']],
    [['my talk.srt']],
    [['talk.final.srt']],
    [['talk.txt']],
    [['talk.en.forced.srt']],
    [['talk.mp4']],
  ])('%j is none', async (names) => {
    expect(await found(names)).toBeNull()
  })

  test('the spoken language wins over the others', async () => {
    const source = await found(['talk.de.srt', 'talk.en.srt'], { language: 'ger' })
    const document = await source?.read({ signal })
    expect(document).toMatchObject({ language: 'de', origin: { name: 'talk.de.srt', format: 'srt' } })
    expect(document?.warnings).toEqual([
      'talk.de.srt was read; there is also talk.en.srt. Name another with --transcript.',
    ])
  })

  test('names with accents, blanks, quotes, dots', async () => {
    // macOS keeps é as e and an accent, most others as one letter.
    expect(await found(['-Cafe\u0301 "1.2".srt'], { recording: '-Caf\u00e9 "1.2".mp4' })).not.toBeNull()
  })

  test('a JSON file that is something else is passed over, with a word', async () => {
    await writeFile(join(folder, 'talk.json'), '{"id": "abc", "formats": []}')
    await writeFile(join(folder, 'talk.srt'), srt)
    const source = await sidecar.find(recordingAt(join(folder, 'talk.mp4')), { signal })
    expect((await source?.read({ signal }))?.warnings).toEqual(['talk.json is not a transcript and was passed over.'])
    await rm(join(folder, 'talk.srt'))
    expect(await sidecar.find(recordingAt(join(folder, 'talk.mp4')), { signal })).toBeNull()
  })

  test('a broken one is an error that names it', async () => {
    await writeFile(join(folder, 'talk.srt'), 'Once upon a time')
    const source = await sidecar.find(recordingAt(join(folder, 'talk.mp4')), { signal })
    await expect(source?.read({ signal })).rejects.toThrow('talk.srt has no timed text in it.')
  })

  test('the recording itself is not its own transcript', async () => {
    await writeFile(join(folder, 'talk.srt'), srt)
    expect(await sidecar.find(recordingAt(join(folder, 'talk.srt')), { signal })).toBeNull()
  })

  test('its way out names the files', () => {
    expect(sidecar.wayOut(recordingAt('/talks/my talk.mp4'))).toBe(
      'put my talk.srt, my talk.vtt, my talk.json or one with a language such as my talk.en.srt beside it',
    )
  })
})

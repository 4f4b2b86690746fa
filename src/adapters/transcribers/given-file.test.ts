import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describeTranscriber } from '../../../test/suites/transcriber-suite.ts'
import { mediaInfoOf } from '../../../test/support/media-info.ts'
import { givenFile } from './given-file.ts'

const srt = '1\n00:00:01,000 --> 00:00:03,000\nHello there.\n\n2\n00:00:03,000 --> 00:00:05,000\nHow are you?\n'
const { signal } = new AbortController()

const make = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-given-'))
  const path = join(folder, 'words.srt')
  await writeFile(path, srt)
  await writeFile(join(folder, 'silence.vtt'), 'WEBVTT\n\n00:01.000 --> 00:09.000\n[music]\n')
  const recording = { path: join(folder, 'talk.mp4'), hash: 'abc', info: mediaInfoOf(10), givenTranscript: null }
  return {
    transcriber: givenFile,
    spoken: { ...recording, givenTranscript: path },
    empty: recording,
    silent: { ...recording, givenTranscript: join(folder, 'silence.vtt') },
    async change() {
      await writeFile(path, srt.replace('Hello', 'Goodbye'))
      return { transcriber: givenFile, spoken: { ...recording, givenTranscript: path } }
    },
    dispose: () => rm(folder, { recursive: true }),
  }
}

describeTranscriber('given file', make)

describe('given file', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clipwright-given-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const find = (givenTranscript: string) =>
    givenFile.find({ path: '/talk.mp4', hash: 'abc', info: mediaInfoOf(10), givenTranscript }, { signal })

  test('a name of any letters, read as what it holds and not as it is called', async () => {
    const path = join(folder, '-a "b" 😀\nc.de.txt')
    await writeFile(path, srt)
    const document = await (await find(path))?.read({ signal })
    expect(document).toMatchObject({ language: 'de', origin: { kind: 'given', name: path, format: 'srt' } })
  })

  test('a file that is missing is an error and never another transcript', async () => {
    await expect(find(join(folder, 'none.srt'))).rejects.toMatchObject({ code: 'TRANSCRIPT_NOT_FOUND' })
  })

  test('a folder', async () => {
    await mkdir(join(folder, 'talk.srt'))
    await expect(find(join(folder, 'talk.srt'))).rejects.toThrow('talk.srt is a folder, not a file.')
  })

  test.skipIf(process.platform === 'win32')('a pipe, without waiting for who writes to it', async () => {
    const path = join(folder, 'pipe.srt')
    await promisify(execFile)('mkfifo', [path])
    await expect(find(path)).rejects.toThrow('pipe.srt is not an ordinary file.')
  })

  test('a picture, an empty file', async () => {
    await writeFile(join(folder, 'a.srt'), Buffer.alloc(100))
    await writeFile(join(folder, 'b.srt'), '')
    const read = async (name: string) => (await find(join(folder, name)))?.read({ signal })
    await expect(read('a.srt')).rejects.toMatchObject({ code: 'TRANSCRIPT_UNREADABLE' })
    await expect(read('b.srt')).rejects.toThrow('is empty.')
  })
})

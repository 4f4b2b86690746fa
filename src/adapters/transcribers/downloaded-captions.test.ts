import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { describeTranscriber } from '../../../test/suites/transcriber-suite.ts'
import { mediaInfoOf } from '../../../test/support/media-info.ts'
import { writeDownloadRecord } from '../downloaders/download-record.ts'
import { downloadedCaptions } from './downloaded-captions.ts'

const vtt = 'WEBVTT\n\n00:01.000 --> 00:03.000\nHello there.\n\n00:03.000 --> 00:05.000\nHow are you?\n'

const newFolder = () => mkdtemp(join(tmpdir(), 'clipwright-captions-'))

/** A recording as a download leaves it; without a text, one without captions. */
async function download(folder: string, { name, text, kind = 'published' }: Download) {
  const path = join(folder, name, `${name}.mp4`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, 'x')
  if (text !== null) await writeFile(join(dirname(path), 'captions.en.vtt'), text)
  await writeDownloadRecord(path, {
    version: 1,
    file: `${name}.mp4`,
    bytes: 1,
    sha256: '0'.repeat(64),
    etag: null,
    lastModified: null,
    pageId: null,
    source: 'a',
    title: null,
    name: null,
    warnings: [],
    notes: { chapters: [], replay: [] },
    captions: text === null ? [] : [{ file: 'captions.en.vtt', language: 'en', kind, from: 'example.org' }],
  })
  return { path, hash: 'abc', info: mediaInfoOf(10), givenTranscript: null }
}

interface Download {
  name: string
  text: string | null
  kind?: 'published' | 'automatic'
}

describeTranscriber('downloaded captions', async () => {
  const folder = await newFolder()
  const spoken = await download(folder, { name: 'talk', text: vtt })
  return {
    transcriber: downloadedCaptions,
    spoken,
    empty: await download(folder, { name: 'other', text: null }),
    silent: await download(folder, { name: 'music', text: 'WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n' }),
    async change() {
      await writeFile(join(dirname(spoken.path), 'captions.en.vtt'), vtt.replace('Hello', 'Goodbye'))
      return { transcriber: downloadedCaptions, spoken }
    },
    dispose: () => rm(folder, { recursive: true }),
  }
})

test('what a machine of the site heard is said to be that', async () => {
  const folder = await newFolder()
  const { signal } = new AbortController()
  const source = await downloadedCaptions.find(await download(folder, { name: 'talk', text: vtt, kind: 'automatic' }), {
    signal,
  })
  expect(source?.origin).toMatchObject({ kind: 'platform', name: 'automatic captions of example.org' })
  expect((await source?.read({ signal }))?.warnings).toContainEqual(expect.stringContaining('A machine of example.org'))
  await rm(folder, { recursive: true })
})

test('a file of one’s own has none', async () => {
  const folder = await newFolder()
  const recording = { path: join(folder, 'talk.mp4'), hash: 'abc', info: mediaInfoOf(10), givenTranscript: null }
  expect(await downloadedCaptions.find(recording, { signal: new AbortController().signal })).toBeNull()
  await rm(folder, { recursive: true })
})

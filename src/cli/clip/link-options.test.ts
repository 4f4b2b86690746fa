import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readClipOptions } from './clip-options.ts'
import { placeLinks } from './link-options.ts'

const usual = { count: '8', aspect: '9:16', captions: 'pop' }
const read = (link: string, changes: object = {}) => readClipOptions(link, { ...usual, ...changes })

test('a link is a recording, and its clips go to a folder with its name', async () => {
  const { run } = await read('HTTPS://example.org/shows/The%20Night.mp3?key=1')
  expect(run).toMatchObject({
    link: { url: 'https://example.org/shows/The%20Night.mp3?key=1' },
    title: 'The Night',
    out: resolve('the-night-clips'),
  })
})

test('a page of several, or a feed, has one that is meant', async () => {
  const { run } = await read('https://example.org/feed.xml', { episode: ' the night ' })
  expect(run).toMatchObject({ link: { episode: 'the night' }, out: resolve('example-org-clips') })
})

test('only a link has episodes', async () => {
  await expect(read('talk.mp4', { episode: '1' })).rejects.toThrow('--episode needs the link of a feed.')
  await expect(read('https://example.org/feed', { episode: ' ' })).rejects.toThrow('--episode needs a number')
})

test('links get their places in the data folder, the same each time', async () => {
  const { run } = await read('https://example.org/lamp.mp3', { transcript: 'https://example.org/lamp.srt' })
  const placed = placeLinks(run, '/data')
  expect(placed.path).toMatch(/^\/data\/downloads\/lamp-[0-9a-f]{20}\/lamp\.mp3$/)
  expect(placed.transcriptPath).toMatch(/^\/data\/downloads\/lamp-[0-9a-f]{20}\/lamp\.srt$/)
  expect(placeLinks(run, '/data')).toEqual(placed)
})

test('files stay where they are', async () => {
  const { run } = await read('talk.mp4', { transcript: 'talk.srt' })
  expect(placeLinks(run, '/data')).toEqual(run)
})

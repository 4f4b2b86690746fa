import { basename, dirname } from 'node:path'
import { expect, it } from 'vitest'
import { nameOfLink, placeOfLink } from './place-of-link.ts'

it.each([
  ['https://example.org/shows/lamp.mp3?x=1', 'lamp.mp3'],
  ['https://example.org/The%20Night.MP3', 'The Night.mp3'],
  ['https://example.org/download.php?id=42', 'example.org 42'],
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'www.youtube.com dQw4w9WgXcQ'],
  ['https://youtu.be/dQw4w9WgXcQ', 'dQw4w9WgXcQ'],
  ['https://example.org/', 'example.org'],
  ['https://example.org/%2e%2e%2f%2e%2e%2fetc%2fpasswd', 'etc passwd'],
  ['https://example.org/a/%E0%A4%A.mp3', 'E0 A4 A.mp3'],
  ['https://example.org/feed', 'example.org'],
  ['https://example.org/watch?v=../../etc', 'example.org'],
  ['https://example.org/v1.2-final', 'v1.2-final'],
])('%s is named %s', (link, name) => {
  expect(nameOfLink(link).file).toBe(name)
})

const place = (url: string, episode?: string) => placeOfLink({ dataFolder: '/data', url, episode })

it('has one place for one link', () => {
  expect(place('https://example.org/lamp.mp3')).toMatch(/^\/data\/downloads\/lamp-[0-9a-f]{20}\/lamp\.mp3$/)
  expect(place('https://EXAMPLE.org/lamp.mp3')).toBe(place('https://example.org/lamp.mp3'))
  const others = ['https://example.org/lamp.mp3?2', 'http://example.org/lamp.mp3', 'https://example.com/lamp.mp3']
  expect(new Set([place('https://example.org/lamp.mp3'), ...others.map((each) => place(each))]).size).toBe(4)
})

it('has a place for each episode of a feed', () => {
  expect(dirname(place('https://example.org/feed', '1'))).not.toBe(dirname(place('https://example.org/feed', '2')))
})

it('never leaves its folder', () => {
  for (const link of ['https://example.org/..%2f..%2fx.mp3', 'https://example.org/%00', 'https://example.org/.ssh']) {
    expect(dirname(dirname(place(link)))).toBe('/data/downloads')
    expect(basename(place(link))).not.toMatch(/^\./)
  }
})

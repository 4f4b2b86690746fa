import { expect, it } from 'vitest'
import { showUrl } from './show-url.ts'

it.each([
  ['https://example.org/episode.mp3', 'https://example.org/episode.mp3'],
  ['https://user:secret@example.org/a.mp3', 'https://example.org/a.mp3'],
  ['https://example.org/a.mp3?token=secret#part', 'https://example.org/a.mp3?…'],
  ['https://example.org/feed/b1946ac92492d2347c6235b4d2611184/a.mp3', 'https://example.org/feed/…/a.mp3'],
  [
    'http://example.org:8080/the-night-the-lamp-went-out.mp3',
    'http://example.org:8080/the-night-the-lamp-went-out.mp3',
  ],
  ['http://[::1', 'a link that makes no sense'],
])('%s is shown as %s', (link, shown) => {
  expect(showUrl(link)).toBe(shown)
})

it('is never endless', () => {
  expect(showUrl(`https://example.org/${'a/'.repeat(4000)}`).length).toBeLessThanOrEqual(200)
})

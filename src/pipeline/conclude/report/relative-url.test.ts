import { expect, test } from 'vitest'
import { relativeUrl } from './relative-url.ts'

test.each([
  ['plain.mp4', './plain.mp4'],
  ['a b#c?d%e&f.mp4', './a%20b%23c%3Fd%25e%26f.mp4'],
  [`it's "quoted"(1)!.mp4`, './it%27s%20%22quoted%22%281%29%21.mp4'],
  ['two\nlines🎙️.mp4', './two%0Alines%F0%9F%8E%99%EF%B8%8F.mp4'],
  ['-dash.mp4', './-dash.mp4'],
  ['javascript:alert(1)', './javascript%3Aalert%281%29'],
  ['back\\slash.mp4', './back%5Cslash.mp4'],
  ['sub/clip.mp4', './sub/clip.mp4'],
  ['//evil.example/x.mp4', './evil.example/x.mp4'],
  ['../../etc/passwd', './etc/passwd'],
  ['\ud800.mp4', './%EF%BF%BD.mp4'],
])('%j', (name, url) => {
  expect(relativeUrl(name)).toBe(url)
  expect(new URL(url, 'file:///clips/report.html').href).toMatch(/^file:\/\/\/clips\//)
})

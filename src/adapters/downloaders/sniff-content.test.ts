import { expect, it } from 'vitest'
import { sniffContent } from './sniff-content.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

it.each([
  ['<!DOCTYPE html><html>', 'audio/mpeg', 'page'],
  ['\uFEFF  \n<HTML lang="en">', undefined, 'page'],
  ['<!-- hello --><html>', 'video/mp4', 'page'],
  ['Please sign in', 'text/html; charset=utf-8', 'page'],
  ['Please sign in', 'text/plain', 'text'],
  ['{"error": "no"}', 'application/json', 'text'],
  ['<?xml version="1.0"?>\n<rss version="2.0">', 'text/html', 'feed'],
  ['<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><!-- x --><feed xmlns="…">', undefined, 'feed'],
  ['#EXTM3U\n#EXT-X-VERSION:3', 'application/vnd.apple.mpegurl', 'stream'],
  ['<?xml version="1.0"?><MPD xmlns="…">', undefined, 'stream'],
  ['ID3\u0004\u0000\u0000\u0000', 'text/html', 'other'],
  ['\u0000\u0000\u0000\u0018ftypmp42', 'text/plain', 'other'],
  ['PK\u0003\u0004', 'audio/mpeg', 'archive'],
])('%j sent as %s is: %s', (text, type, kind) => {
  expect(sniffContent(bytes(text), type)).toBe(kind)
})

it('knows a picture', () => {
  expect(sniffContent(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'audio/mpeg')).toBe('picture')
})

it('knows sound without a tag', () => {
  expect(sniffContent(new Uint8Array([0xff, 0xfb, 0x90, 0x64, 0, 0, 0]), 'text/html')).toBe('other')
})

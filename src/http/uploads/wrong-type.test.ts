import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { makeAudio, makePicture, makeVideo } from '../../../test/support/make-media.ts'
import { wrongTypeOf } from './wrong-type.ts'

it.each([
  ['PK\x03\x04rest', 'a ZIP archive'],
  ['PK\x05\x06', 'a ZIP archive'],
  ['\x1f\x8b\x08', 'a gzip archive'],
  ['MZ\x90\0', 'a Windows program'],
  ['\x7fELF\x02', 'a program'],
  ['#!/bin/sh\nrm -rf /', 'a script'],
  ['%PDF-1.7', 'a PDF document'],
  ['BM\x36\0\0\0\0\0\0\0', 'a picture'],
  ['RIFF\0\0\0\0WEBPVP8 ', 'a picture'],
  ['\0\0\0\x20ftypavif', 'a picture'],
  ['<!DOCTYPE html>', 'a web page'],
  ['\xef\xbb\xbf  <HTML>', 'a web page'],
  ['<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'a drawing'],
  ['#EXTM3U\n', 'a playlist'],
  ['\xef\xbb\xbf#EXTM3U\n', 'a playlist'],
  ['ffconcat version 1.0\n', 'a playlist'],
  ["file 'a.mp4'\n", 'a playlist'],
  ['<?xml version="1.0"?><MPD/>', 'a playlist'],
  ['v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n', 'a playlist'],
])('%j is %s', (head, what) => {
  expect(wrongTypeOf(Buffer.from(head, 'latin1'))).toBe(what)
})

it.each(['RIFF\0\0\0\0WAVEfmt ', '\0\0\0\x18ftypmp42', 'ID3\x04', 'OggS', '\x1aE\xdf\xa3', 'FLV\x01', 'BMovie', ''])(
  '%j is left to ffprobe',
  (head) => {
    expect(wrongTypeOf(Buffer.from(head, 'latin1'))).toBeNull()
  },
)

it('lets real recordings be', async () => {
  const paths = [makeVideo({ seconds: 1 }), makeVideo({ seconds: 1, extension: 'mkv' }), makeAudio({ seconds: 1 })]
  for (const path of await Promise.all(paths)) expect(wrongTypeOf(await readFile(path))).toBeNull()
  expect(wrongTypeOf(await readFile(await makePicture('jpg')))).toBe('a picture')
})

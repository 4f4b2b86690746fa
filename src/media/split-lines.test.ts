import { describe, expect, it } from 'vitest'
import { splitLines } from './split-lines.ts'

function split(...chunks: (string | Buffer)[]): string[] {
  const lines: string[] = []
  const splitter = splitLines((line) => lines.push(line))
  for (const chunk of chunks) splitter.write(Buffer.from(chunk))
  splitter.end()
  return lines
}

describe('splitLines', () => {
  it('joins lines that come in pieces', () => {
    expect(split('fra', 'me=1\nspe', 'ed=2x\nprogress=end')).toEqual(['frame=1', 'speed=2x', 'progress=end'])
  })

  it('takes every kind of line end, also one torn in two', () => {
    expect(split('a\r', '\nb\rc\n\nd')).toEqual(['a', 'b', 'c', 'd'])
  })

  it('keeps a letter whole whose bytes come apart', () => {
    const bytes = Buffer.from('é🎬\n')
    expect(split(bytes.subarray(0, 1), bytes.subarray(1, 4), bytes.subarray(4))).toEqual(['é🎬'])
  })

  it('cuts a line that never ends, or ends far too late', () => {
    for (const end of ['', '\nlast']) {
      const lines = split('x'.repeat(40_000), `y${end}`)
      expect(Math.max(...lines.map((line) => line.length))).toBe(16_384)
      expect(lines.join('')).toBe(`${'x'.repeat(40_000)}y${end.trim()}`)
    }
  })
})

import { expect, it } from 'vitest'
import { shownFileName, titleOfFileName } from './title-of-file.ts'

it.each([
  ['The talk.mp4', 'The talk'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\talk.mov', 'talk'],
  ['talk.final.v2.mp4', 'talk.final.v2'],
  ['photo\u202Egpj.exe', 'photogpj'],
  ['zero\u200Bwidth\uFEFF.mp4', 'zerowidth'],
  ['line\nbreak.mp4', 'line break'],
  ['half \ud83d pair.mp4', 'half pair'],
  ['夜のパン屋.mp4', '夜のパン屋'],
  ['👩‍🚀.mp4', '👩‍🚀'],
  ['...', 'recording'],
  ['   .mp4', 'recording'],
  ['', 'recording'],
])('%j is titled %j', (name, title) => {
  expect(titleOfFileName(name)).toBe(title)
})

it('is never long, and tears no letter', () => {
  expect(Array.from(titleOfFileName('👍'.repeat(300)))).toHaveLength(120)
  expect(shownFileName(`a${'\u0301'.repeat(5000)}.mp4`).length).toBeLessThanOrEqual(300)
})

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sampleFailedMoment, sampleMomentsInput } from '../../../../test/support/sample-moments-document.ts'
import { type MomentsDocumentInput, writeMomentsDocument } from '../write-moments-document.ts'
import { writeReport } from './write-report.ts'

const report = (input: MomentsDocumentInput, lines = new Map()) =>
  writeReport(writeMomentsDocument(input), { transcriptExcerpts: lines })

test('eight clips of a long recording fit in 150 kB', () => {
  const html = report(sampleMomentsInput(8))
  expect(html.match(/<video /g)).toHaveLength(8)
  expect(Buffer.byteLength(html)).toBeLessThan(150_000)
})

test('confidence is told as how often such moments are chosen', () => {
  const input = sampleMomentsInput(1)
  const told = (confidence: number) =>
    report({ ...input, moments: input.moments.map((each) => ({ ...each, moment: { ...each.moment, confidence } })) })
  expect(told(0.66)).toContain('7 in 10 like it are chosen')
  expect(told(0.13)).toContain('1 in 8 like it is chosen')
  expect(told(0)).toContain('1 in 100 like it is chosen')
})

test('nothing in it points outside', () => {
  const html = report(sampleMomentsInput(8))
  // The icon names the SVG namespace, which is no address.
  const addresses = html.replace('http://www.w3.org/2000/svg', '').match(/(https?:|\/\/[a-z])[^\s"']*/gi)
  expect(addresses?.filter((each) => !each.startsWith('// ')) ?? []).toEqual([])
  expect(html).not.toMatch(/@import|url\((?!#)/)
})

test('the policy names the very style and script of the page', () => {
  const html = report(sampleMomentsInput(2))
  const [, style] = html.match(/<style>([\s\S]*?)<\/style>/) ?? []
  const [, script] = html.match(/<script>([\s\S]*?)<\/script>/) ?? []
  for (const text of [style, script]) {
    const hash = createHash('sha256')
      .update(text ?? '')
      .digest('base64')
    expect(html).toContain(`'sha256-${hash}'`)
  }
  expect(html).not.toMatch(/ style="/)
  expect(html).not.toMatch(/ on[a-z]+="/)
})

test('a failed clip shows sentence, hint and evidence, and no player', () => {
  const input = sampleMomentsInput(1)
  input.moments = [sampleFailedMoment(0)]
  const html = report(input)
  expect(html).not.toContain('<video')
  expect(html).toContain('ffmpeg could not cut this clip.')
  expect(html).toContain('often the disk is full')
  expect(html).toContain('No space left on device')
  expect(html).toContain('1 of 1 failed')
})

test('without moments it says why', () => {
  const input = sampleMomentsInput(8)
  input.moments = []
  input.detection = { ...input.detection, shortfall: 'Nobody speaks for longer than nine seconds.' }
  const html = report(input)
  expect(html).toContain('Why there are no clips')
  expect(html.match(/Nobody speaks for longer/g)).toHaveLength(1)
})

test('fewer than asked for says why, once', () => {
  const input = sampleMomentsInput(3)
  input.detection = { ...input.detection, shortfall: 'Only three spans had whole sentences.' }
  expect(report(input).match(/Only three spans/g)).toHaveLength(1)
})

test('an excerpt knows where it is heard, and a clip without one shows its text', () => {
  const input = sampleMomentsInput(2)
  const html = report(input, new Map([[1, [{ start: 850.2, speaker: 'Ana', text: 'Listen.' }]]]))
  expect(html).toContain('data-seek="7"')
  expect(html).toContain('<b>Ana</b> Listen.')
  expect(html).toContain('Before you spend four hundred')
})

test('a curve without values, or of a single one, makes no broken picture', () => {
  const input = sampleMomentsInput(1)
  expect(report({ ...input, detection: { curve: { step: 1, values: [] }, shortfall: null } })).not.toContain('<path')
  const one = report({ ...input, detection: { curve: { step: 1, values: [0.5] }, shortfall: null } })
  expect(one).toMatch(/class="line" d="M0\.0 51\.0L/)
  expect(one).not.toContain('NaN')
})

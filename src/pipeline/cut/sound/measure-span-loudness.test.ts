import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makeCountedVideo } from '../../../../test/support/make-counted-video.ts'
import { makeAudio, makeVideo, mediaFolder, runFfmpeg } from '../../../../test/support/make-media.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { planTimeline } from '../graph/plan-timeline.ts'
import { measureSpanLoudness } from './measure-span-loudness.ts'

let media: Media
beforeAll(async () => {
  media = createMedia({ tools: await findMediaTools({}) })
})

async function measure(path: string, ranges: TimeRange[] = [{ start: 0.5, end: 3.5 }]) {
  const info = await media.probe(path)
  const framing = {
    aspect: '9:16' as const,
    scenes: [{ start: 0, end: 60, kind: 'card' as const, crop: null, reason: '' }],
  }
  const timeline = planTimeline({ edit: { ranges }, framing, frameRate: { numerator: 30, denominator: 1 } })
  return measureSpanLoudness({ media, source: { path, info }, timeline, track: info.audio[0] ?? null })
}

async function sound(name: string, expression: string): Promise<string> {
  const path = join(mediaFolder(), `${name}.wav`)
  await runFfmpeg(['-f', 'lavfi', '-i', `aevalsrc='${expression}':s=48000:d=4`, path])
  return path
}

test('a steady tone gets the one gain that brings it to −14 LUFS', async () => {
  const plan = await measure(await sound('tone', '0.1*sin(2*PI*1000*t)'))
  // A sine of 1 kHz at −20 dBFS reads −23 LUFS; of mono in both channels, each 3 dB lower, it reads the same.
  expect(plan.source.integrated).toBeCloseTo(-23, 0)
  expect(plan.gain.decibels).toBeCloseTo(-14 - (plan.source.integrated ?? 0), 2)
  expect(plan).toMatchObject({ gain: { limitDb: null }, expected: -14, warnings: [] })
})

test('what is too loud is made softer', async () => {
  const plan = await measure(await sound('loud', '0.9*sin(2*PI*1000*t)'))
  expect(plan.gain.decibels).toBeLessThan(-5)
  expect(plan.gain.limitDb).toBeNull()
})

test('peaks are limited, and the loudness they cost is given back', async () => {
  // Speech-like: soft syllables, and every second a plosive twenty times as strong.
  const syllables = '0.04*sin(2*PI*200*t)*(1+sin(2*PI*4*t))'
  const plan = await measure(await sound('plosives', `${syllables}+0.8*between(mod(t,1),0.5,0.51)*sin(2*PI*500*t)`))
  expect(plan.gain.limitDb).toBe(-2)
  expect(plan.gain.decibels).toBeGreaterThan(-14 - (plan.source.integrated ?? 0))
  expect(Math.abs((plan.expected ?? 0) + 14)).toBeLessThanOrEqual(0.2)
})

test('silence and a quiet room are left alone', async () => {
  const silent = await measure(await makeAudio({ seconds: 4, sound: 'silence' }))
  expect(silent).toMatchObject({ source: { integrated: null }, gain: { decibels: 0, limitDb: null }, expected: null })
  expect(silent.warnings).toEqual(['There is nothing to hear in this clip.'])
  const room = await measure(await sound('room', '0.0005*random(0)'))
  expect(room).toMatchObject({ gain: { decibels: 0, limitDb: null }, expected: null })
})

test('a whisper is raised by thirty decibels at most, and it says so', async () => {
  const plan = await measure(await sound('whisper', '0.0015*sin(2*PI*1000*t)'))
  expect(plan.gain.decibels).toBe(30)
  expect(plan.expected).toBeCloseTo((plan.source.integrated ?? 0) + 30, 5)
  expect(plan.warnings[0]).toContain('very quiet')
})

test('clicks over near silence are not distorted for the sake of a number', async () => {
  const plan = await measure(await sound('clicks', '0.9*lt(mod(t,0.5),0.0004)+0.002*sin(2*PI*300*t)'))
  expect(plan.expected).toBeLessThan(-14.2)
  expect(plan.warnings[0]).toContain('short loud peaks')
})

test('only the ranges that are played are measured', async () => {
  const path = await sound('two-halves', '0.5*sin(2*PI*1000*t)*lt(t,2)+0.05*sin(2*PI*1000*t)*gte(t,2)')
  const loud = await measure(path, [{ start: 0.2, end: 1.8 }])
  const soft = await measure(path, [{ start: 2.2, end: 3.8 }])
  expect((loud.source.integrated ?? 0) - (soft.source.integrated ?? 0)).toBeCloseTo(20, 0)
  const both = await measure(path, [
    { start: 2.2, end: 3.8 },
    { start: 0.2, end: 1.8 },
  ])
  expect(both.source.integrated).toBeGreaterThan(soft.source.integrated ?? 0)
})

test.each(['ts', 'mpg'] as const)('only they are measured in a .%s, whose seeking is not exact', async (extension) => {
  // 20 dB softer from second 6 on; reading begins before the loud half ends, or in it.
  for (const seconds of [12, 24]) {
    const path = await makeCountedVideo({ extension, seconds, sound: 'halves' })
    const loud = await measure(path, [{ start: 4.1, end: 5.9 }])
    const soft = await measure(path, [{ start: 6.1, end: 7.9 }])
    const late = await measure(path, [{ start: seconds - 2.5, end: seconds - 1 }])
    expect((loud.source.integrated ?? 0) - (soft.source.integrated ?? 0)).toBeCloseTo(20, 0)
    expect((loud.source.integrated ?? 0) - (late.source.integrated ?? 0)).toBeCloseTo(20, 0)
  }
})

test('a recording without sound needs no measuring', async () => {
  expect(await measure(await makeVideo({ audio: 'none' }), [{ start: 0, end: 1 }])).toMatchObject({
    expected: null,
    warnings: [],
  })
})

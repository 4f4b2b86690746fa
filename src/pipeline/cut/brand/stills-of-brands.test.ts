import { expect, test } from 'vitest'
import { mediaInfoOf } from '../../../../test/support/media-info.ts'
import { planStills } from '../graph/plan-stills.ts'
import { planTimeline } from '../graph/plan-timeline.ts'

const scenes = [{ start: 0, end: 60, kind: 'blurred-fit' as const, crop: null, reason: '' }]
const timeline = planTimeline({
  edit: { ranges: [{ start: 10, end: 20 }] },
  framing: { aspect: '9:16', scenes },
  frameRate: { numerator: 25, denominator: 1 },
})

const info = mediaInfoOf(60, {
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  video: {
    streamIndex: 0,
    codec: 'h264',
    width: 640,
    height: 360,
    rotation: 0,
    frameRate: 25,
    variableFrameRate: false,
    interlaced: false,
    hdr: false,
    startTime: 0,
  },
})

function chainsOf(captions: string | undefined): string[] {
  const burnIn = { scripts: ['brand.ass', 'captions.ass'], fonts: 'fonts', ...(captions && { captions }) }
  const args = planStills({
    source: { path: '/talk.mp4', info },
    timeline,
    output: { width: 64, height: 112 },
    card: null,
    times: [2],
    burnIn,
    clipPath: '/clip.mp4',
    secondsBefore: 1.5,
    capabilities: { filters: new Set<string>() },
    fileName: 'stills.gray',
  })
  return [args[args.indexOf('-filter_complex') + 1] ?? '', args.join(' ')].flatMap((text) => text.split(';'))
}

test('what a brand draws is on both pictures, captions on the second alone', () => {
  const chains = chainsOf('captions.ass')
  const before = chains.find((chain) => chain.includes('split=2[b0][c0]')) ?? ''
  expect(before).toContain('ass=brand.ass')
  expect(before).not.toContain('captions.ass')
  const drawn = chains.find((chain) => chain.startsWith('[c0]')) ?? ''
  expect(drawn).toContain('ass=captions.ass')
  expect(drawn).not.toContain('brand.ass')
})

test('the clip is looked at after its intro', () => {
  // Half a frame early: 1.5 + 2 − 0.02.
  expect(chainsOf('captions.ass').join(' ')).toContain('-ss 3.480')
})

import { describe, expect, it } from 'vitest'
import { createProgressParser, type FfmpegProgress } from './parse-progress.ts'

function parse(text: string): FfmpegProgress[] {
  const parser = createProgressParser()
  return text.split('\n').flatMap((line) => parser(line) ?? [])
}

describe('createProgressParser', () => {
  it('reads a block of ffmpeg 5.1', () => {
    const block =
      'frame=250\nfps=0.00\nstream_0_0_q=-1.0\nbitrate=N/A\ntotal_size=N/A\nout_time_us=10000000\nout_time_ms=10000000\n' +
      'out_time=00:00:10.000000\ndup_frames=0\ndrop_frames=0\nspeed=24.3x\nprogress=continue'
    expect(parse(block)).toEqual([{ time: 10, frames: 250, speed: 24.3, ended: false }])
  })

  it('knows no time yet where ffmpeg says N/A', () => {
    expect(parse('out_time_us=N/A\nout_time=N/A\nspeed=N/A\nprogress=continue')).toEqual([
      { time: null, frames: null, speed: null, ended: false },
    ])
  })

  it('counts negative times at the start as zero', () => {
    expect(parse('out_time=-00:00:00.021333\nspeed=   0x\nprogress=continue')).toEqual([
      { time: 0, frames: null, speed: 0, ended: false },
    ])
    expect(parse('out_time=-577014:32:22.77\nprogress=end')[0]).toMatchObject({ time: 0, ended: true })
  })

  it('reads hours beyond two digits', () => {
    expect(parse('out_time=100:00:01.500000\nprogress=end')[0]?.time).toBe(360_001.5)
  })

  it('starts each block afresh', () => {
    const reports = parse('frame=1\nout_time=00:00:01.000000\nprogress=continue\nprogress=end')
    expect(reports[1]).toEqual({ time: null, frames: null, speed: null, ended: true })
  })

  it('ignores what is not key=value', () => {
    expect(parse('hello\n\nout_time=00:00:02.000000\nprogress=end')[0]?.time).toBe(2)
  })
})

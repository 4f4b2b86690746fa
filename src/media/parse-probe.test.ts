import { describe, expect, it } from 'vitest'
import { MediaPictureTooLarge } from './media-errors.ts'
import { parseProbe } from './parse-probe.ts'

const video = {
  index: 0,
  codec_name: 'h264',
  codec_type: 'video',
  width: 1920,
  height: 1080,
  sample_aspect_ratio: '1:1',
  field_order: 'progressive',
  r_frame_rate: '30000/1001',
  avg_frame_rate: '30000/1001',
  start_time: '0.000000',
  duration: '60.060000',
  nb_frames: '1800',
  disposition: { default: 1, attached_pic: 0 },
  tags: { language: 'und' },
}
const audio = {
  index: 1,
  codec_name: 'aac',
  codec_type: 'audio',
  sample_rate: '48000',
  channels: 2,
  r_frame_rate: '0/0',
  avg_frame_rate: '0/0',
  start_time: '0.021333',
  disposition: { default: 1 },
  tags: { language: 'eng', title: 'Stereo' },
}

function parse(streams: object[], format: object = {}) {
  const json = {
    streams,
    format: { format_name: 'mov,mp4,m4a,3gp,3g2,mj2', duration: '60.060000', start_time: '0.000000', ...format },
  }
  const probe = parseProbe(JSON.stringify(json), { sizeBytes: 1000 })
  if (!probe) throw new Error('not understood')
  return probe
}
const videoOf = (changes: object) => parse([{ ...video, ...changes }]).info.video

describe('parseProbe', () => {
  it('reads an ordinary recording', () => {
    expect(parse([video, audio])).toEqual({
      claimedDuration: 60.06,
      timestampOffset: 0,
      info: {
        container: 'mov,mp4,m4a,3gp,3g2,mj2',
        sizeBytes: 1000,
        coverArt: null,
        subtitles: [],
        warnings: [],
        video: {
          streamIndex: 0,
          codec: 'h264',
          width: 1920,
          height: 1080,
          rotation: 0,
          frameRate: 29.97,
          variableFrameRate: false,
          interlaced: false,
          hdr: false,
          startTime: 0,
        },
        audio: [
          {
            streamIndex: 1,
            codec: 'aac',
            channels: 2,
            sampleRate: 48_000,
            language: 'eng',
            title: 'Stereo',
            startTime: 0.021,
          },
        ],
      },
    })
  })

  it.each([
    [
      'a phone held upright, by its matrix',
      { side_data_list: [{ side_data_type: 'Display Matrix', rotation: -90 }] },
      90,
    ],
    ['turned the other way', { side_data_list: [{ rotation: 90 }] }, 270],
    ['upside down', { side_data_list: [{ rotation: -180 }] }, 180],
    ['the tag of older builds', { tags: { rotate: '90' } }, 90],
    ['a matrix behind other data', { side_data_list: [{ side_data_type: 'CPB properties' }, { rotation: -90 }] }, 90],
    ['a matrix of nonsense', { side_data_list: [{ rotation: -2_147_483_648 }] }, 0],
    ['a tag of nonsense', { tags: { rotate: 'left' } }, 0],
  ])('reads rotation: %s', (_, changes, rotation) => {
    expect(videoOf(changes)?.rotation).toBe(rotation)
  })

  it('gives the size as displayed', () => {
    expect(videoOf({ side_data_list: [{ rotation: -90 }] })).toMatchObject({ width: 1080, height: 1920 })
    expect(videoOf({ width: 720, height: 576, sample_aspect_ratio: '64:45' })).toMatchObject({
      width: 1024,
      height: 576,
    })
    expect(videoOf({ sample_aspect_ratio: '0:1' })).toMatchObject({ width: 1920, height: 1080 })
  })

  it('ignores pixel shapes that make no sense', () => {
    const { info } = parse([{ ...video, sample_aspect_ratio: '1:100000' }])
    expect(info.video?.width).toBe(1920)
    expect(info.warnings.join()).toContain('1:100000')
  })

  it.each([
    ['constant', { r_frame_rate: '25/1', avg_frame_rate: '25/1' }, { frameRate: 25, variableFrameRate: false }],
    ['rounded by the container', { r_frame_rate: '30/1', avg_frame_rate: '27021/901' }, { variableFrameRate: false }],
    [
      'a phone in the dark',
      { r_frame_rate: '30/1', avg_frame_rate: '24531/1000' },
      { frameRate: 24.531, variableFrameRate: true },
    ],
    [
      'fields',
      { r_frame_rate: '50/1', avg_frame_rate: '25/1', field_order: 'tt' },
      { variableFrameRate: false, interlaced: true },
    ],
    ['a time base posing as a rate', { r_frame_rate: '90000/1', avg_frame_rate: '30/1' }, { frameRate: 30 }],
    ['none at all', { r_frame_rate: '0/0', avg_frame_rate: '0/0' }, { frameRate: 25 }],
  ])('reads frame rates: %s', (_, changes, expected) => {
    expect(videoOf(changes)).toMatchObject(expected)
  })

  it.each([
    ['smpte2084', true],
    ['arib-std-b67', true],
    ['bt709', false],
  ])('knows HDR by its transfer %s', (transfer, hdr) => {
    expect(videoOf({ color_transfer: transfer })?.hdr).toBe(hdr)
    expect(videoOf({ color_transfer: transfer })?.transfer).toBe(hdr ? transfer : undefined)
  })

  it('takes a cover for a cover', () => {
    const marked = { ...video, codec_name: 'png', disposition: { attached_pic: 1 } }
    const unmarked = { ...video, codec_name: 'mjpeg', avg_frame_rate: '0/0', disposition: {} }
    for (const cover of [marked, unmarked]) {
      const { info } = parse([cover, audio])
      expect(info).toMatchObject({ video: null, coverArt: { streamIndex: 0 } })
    }
    expect(parse([{ ...video, codec_name: 'mjpeg' }]).info).toMatchObject({ video: { codec: 'mjpeg' }, coverArt: null })
  })

  it('leaves out a picture with nothing to see', () => {
    const { info } = parse([{ ...video, width: 1, height: 1 }, audio])
    expect(info.video).toBeNull()
    expect(info.warnings.join()).toContain('1×1')
  })

  it('takes 8K, and no picture that would fill the memory', () => {
    expect(videoOf({ width: 7680, height: 4320 })).toMatchObject({ width: 7680 })
    expect(() => videoOf({ width: 65_535, height: 65_535 })).toThrow(MediaPictureTooLarge)
  })

  it('puts the main track first, commentary and what says nothing last', () => {
    const tracks = [
      { ...audio, index: 1, disposition: { default: 1, comment: 1 }, tags: { title: 'Commentary' } },
      { ...audio, index: 2, disposition: { default: 0 }, tags: { LANGUAGE: 'deu' } },
      { ...audio, index: 3, disposition: { default: 1 } },
      { ...audio, index: 4, channels: 0 },
    ]
    const { info } = parse(tracks)
    expect(info.audio.map(({ streamIndex }) => streamIndex)).toEqual([3, 2, 1])
    expect(info.audio[1]?.language).toBe('deu')
    expect(info.warnings.join()).toContain('1 of 4 audio tracks')
  })

  it('tells text subtitles from pictures', () => {
    const subtitle = { index: 2, codec_type: 'subtitle', tags: { language: 'fra' } }
    const { info } = parse([
      { ...subtitle, codec_name: 'mov_text' },
      { ...subtitle, index: 3, codec_name: 'hdmv_pgs_subtitle' },
    ])
    expect(info.subtitles).toEqual([
      { streamIndex: 2, codec: 'mov_text', isText: true, language: 'fra', title: null },
      { streamIndex: 3, codec: 'hdmv_pgs_subtitle', isText: false, language: 'fra', title: null },
    ])
  })

  it('counts times from the first timestamp of the file', () => {
    const { info, timestampOffset } = parse(
      [
        { ...video, start_time: '1.400000' },
        { ...audio, start_time: '1.900000' },
      ],
      { start_time: '1.4' },
    )
    expect(timestampOffset).toBe(1.4)
    expect(info.video?.startTime).toBe(0)
    expect(info.audio[0]?.startTime).toBe(0.5)
  })

  it.each(['N/A', 'nan', 'inf', '-5', '0', '1e300', ''])('believes no duration of %s', (duration) => {
    expect(parse([video], { duration }).claimedDuration).toBeNull()
  })

  it.each(['', '{}', 'null', '[]', '{"streams":[]}', '{"streams":[{"index":"x"}],"format":{"format_name":"mp4"}}'])(
    'refuses %s',
    (json) => {
      expect(parseProbe(json, { sizeBytes: 1 })).toBeNull()
    },
  )

  it('reads streams that say hardly anything', () => {
    expect(parse([{ index: 0 }, { index: 1, codec_type: 'data' }]).info).toMatchObject({
      video: null,
      audio: [],
      subtitles: [],
    })
  })
})

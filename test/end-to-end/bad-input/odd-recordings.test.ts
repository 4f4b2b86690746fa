import { copyFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cornersOf, peakOf } from '../../support/look-at-clip.ts'
import { claimDuration, makeAudio, makeVideo, runFfmpeg, turn } from '../../support/make-media.ts'
import { type Home, openHome, patient } from '../../support/run-cli.ts'

let home: Home
beforeAll(async () => {
  home = await openHome()
})
afterAll(async () => {
  expect(await home.remains()).toEqual([])
  await home.close()
})

const short =
  '1\n00:00:00,200 --> 00:00:01,500\nNine podcasts stop early.\n\n2\n00:00:01,600 --> 00:00:02,800\nPlan ten first!\n'
const words = 'Nine podcasts stop early. Plan ten first!'

/** Makes the clips of a recording that has its transcript beside it, and answers with the only one. */
async function clipOf(
  make: string | ((path: string) => Promise<unknown>),
  options = ['--min', '3'],
  transcript = short,
) {
  const desk = await home.makeDesk()
  const path = join(desk, `talk${typeof make === 'string' ? extname(make) : '.mp4'}`)
  await (typeof make === 'string' ? copyFile(make, path) : make(path))
  await writeFile(join(desk, 'talk.srt'), transcript)
  const { status, json, stderr } = await home.clip([path, ...options], { cwd: desk })
  expect({ status, error: json.error, stderr: status === 0 ? '' : stderr }).toEqual({
    status: 0,
    error: undefined,
    stderr: '',
  })
  const [moment, ...others] = json.moments ?? []
  if (moment?.clip.status !== 'done' || others.length > 0) throw new Error(`not one clip: ${JSON.stringify(json)}`)
  return { json, moment, clip: moment.clip, path: join(json.folder ?? '', moment.clip.file) }
}

describe.concurrent('an odd recording becomes a good clip', patient, () => {
  it('a film without sound, with a transcript: a silent clip', async () => {
    const { moment, clip, path } = await clipOf(await makeVideo({ seconds: 3, width: 90, height: 160, audio: 'none' }))
    expect({ text: moment.text, loudness: clip.loudness }).toEqual({ text: words, loudness: null })
    expect(await peakOf(path)).toBeLessThan(-80)
  })

  it('digital silence: not made louder', async () => {
    const { clip, path } = await clipOf(await makeVideo({ seconds: 3, width: 90, height: 160, audio: 'silence' }))
    expect(clip.loudness).toBeNull()
    expect(await peakOf(path)).toBeLessThan(-80)
  })

  it('eleven seconds, with nothing asked for: the whole as one clip', async () => {
    const sentences = [
      [0.3, 2.9, 'Nine out of ten podcasts stop before the tenth episode.'],
      [3, 6.2, 'I asked forty hosts why, and the answer surprised me.'],
      [6.4, 10.6, 'They never planned what comes after the first month!'],
    ]
    const clock = (seconds: unknown) => new Date(Number(seconds) * 1000).toISOString().slice(11, 23).replace('.', ',')
    const srt = sentences
      .map(([start, end, text], i) => `${i + 1}\n${clock(start)} --> ${clock(end)}\n${text}\n`)
      .join('\n')
    const { json, clip } = await clipOf(await makeVideo({ seconds: 11, width: 90, height: 160 }), [], srt)
    expect(clip.duration).toBeGreaterThan(10)
    expect(clip.duration).toBeLessThanOrEqual(11)
    expect(json.shortfall).toBe('The recording lasts 11 seconds: it is one moment as a whole.')
  })

  it('headers that claim twelve hours: the real length counts, and is told', async () => {
    const video = await makeVideo({ seconds: 3, width: 90, height: 160 })
    const { json } = await clipOf((path) => claimDuration(video, { seconds: 12 * 3600, to: path }))
    expect(json.recording?.duration).toBeLessThan(3.2)
    expect(json.warnings).toEqual(['The file claims to last 12:00:00 but its content ends at 0:03; that is used.'])
  })

  it('sound with a cover: a card that shows it', async () => {
    const { json, clip, path } = await clipOf(await makeAudio({ seconds: 2.9, cover: true }))
    expect(json.recording?.video).toBeNull()
    expect(clip).toMatchObject({ width: 1080, height: 1920, framing: [{ kind: 'card' }] })
    expect(await cornersOf(path)).toMatchObject({ topLeft: 'dark', bottomRight: 'dark' })
  })

  it('filmed with the phone held upright: upright', async () => {
    // Its sensor lies on the side: what is stored at the top left is seen at the top right.
    const { json, path } = await clipOf(async (to) => {
      await runFfmpeg([
        ...['-f', 'lavfi', '-i', 'color=blue:s=160x90:r=10:d=3,drawbox=w=40:h=30:c=red:t=fill'],
        ...['-f', 'lavfi', '-i', 'sine=d=3', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', to],
      ])
      await turn(to, 90)
    })
    expect(json.recording?.video).toEqual({ width: 90, height: 160 })
    expect(await cornersOf(path)).toMatchObject({
      topLeft: 'blue',
      topRight: 'red',
      bottomLeft: 'blue',
      bottomRight: 'blue',
    })
  })

  it('a picture of one pixel: a card, and why', async () => {
    const { json, clip } = await clipOf(await makeVideo({ seconds: 3, width: 1, height: 1 }))
    expect(clip.framing).toMatchObject([{ kind: 'card' }])
    expect(json.warnings).toEqual(['A picture of 1×1 pixels is too small to use; it was left out.'])
  })

  it('a picture of odd width and height', async () => {
    const { json, clip } = await clipOf(await makeVideo({ seconds: 3, width: 641, height: 361, rate: 10 }))
    expect(json.recording?.video).toEqual({ width: 641, height: 361 })
    expect(clip).toMatchObject({ width: 1080, height: 1920 })
  })

  it('a picture of 7680×4320', async () => {
    const { json, clip } = await clipOf(await makeVideo({ seconds: 3, width: 7680, height: 4320, rate: 1 }))
    expect(json.recording?.video).toEqual({ width: 7680, height: 4320 })
    expect(clip).toMatchObject({ width: 1080, height: 1920 })
  })
})

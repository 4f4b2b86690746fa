import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namesIn } from '../../support/files-of.ts'
import { makeVideo } from '../../support/make-media.ts'
import { type Home, openHome, patient } from '../../support/run-cli.ts'

let home: Home
let talk: string
beforeAll(async () => {
  home = await openHome()
  talk = await makeVideo({ seconds: 5, width: 90, height: 160, rate: 10 })
  // The others have the same content, so only this one is rendered.
  const desk = await home.makeDesk()
  await home.put(talk, join(desk, 'talk.mp4'))
  await home.clip([join(desk, 'talk.mp4'), '--min', '3'], { cwd: desk })
})
afterAll(async () => {
  expect(await home.remains()).toEqual([])
  await home.close()
})

const longest = 'l'.repeat(240)

describe.concurrent('a file of any name', patient, () => {
  it.for<[string, string, { args?: string[]; out: string }]>([
    ['blanks', 'My long  talk .mp4', { out: 'my-long-talk-clips' }],
    ['quotes', `it's "the" \`talk\`.mp4`, { out: 'its-the-talk-clips' }],
    ['emoji', '🎙️ épisode nº 41 🐕.mp4', { out: 'épisode-no-41-clips' }],
    ['nothing but emoji', '🎙️.mp4', { out: 'recording-clips' }],
    ['another script', '日本語のポッドキャスト.mp4', { out: '日本語のポッドキャスト-clips' }],
    ['a dash in front, after --', '-x.mp4', { args: ['--', '-x.mp4'], out: 'x-clips' }],
    ['a dash in front, after ./', '-x.mp4', { args: ['./-x.mp4'], out: 'x-clips' }],
    ['a line end', 'two\nlines.mp4', { out: 'two-lines-clips' }],
    ["ffmpeg's number pattern", '%03d %d 100%.mp4', { out: '03d-d-100-clips' }],
    ['a colon', 'a:b.mp4', { out: 'a-b-clips' }],
    ['the look of a protocol', 'concat:a|b.mp4', { out: 'concat-a-b-clips' }],
    ['letters of filters and shells', "[a]$(b);c,d\\'e'&*?.mp4", { out: 'a-b-c-d-e-clips' }],
    ['no ending', 'talk', { out: 'talk-clips' }],
    ['a dot in front', '.hidden.mp4', { out: 'hidden-clips' }],
    ['240 letters', `${longest}.mp4`, { out: `${'l'.repeat(60)}-clips` }],
  ])('%s', async ([, name, { args = ['--', name], out }]) => {
    const desk = await home.makeDesk()
    await home.put(talk, join(desk, name))
    const { status, json } = await home.clip(['--min', '3', ...args], { cwd: desk })
    expect({ status, error: json.error }).toEqual({ status: 0, error: undefined })
    expect(json.moments?.map(({ clip }) => clip)).toMatchObject([{ status: 'done', reused: true }])
    expect(json.recording?.path).toBe(join(desk, name))
    expect(json.folder).toBe(join(desk, out))
    expect((await namesIn(join(desk, out))).map((file) => file.replace(/^01-.*\./, '01.'))).toEqual([
      '01.jpg',
      '01.mp4',
      '01.srt',
      '01.vtt',
      'moments.json',
      'report.html',
    ])
  })

  it('of its folder, of the clips and of the transcript', async () => {
    const desk = join(await home.makeDesk(), `it's 100%d: [a] "b"\n🐕`)
    const [path, transcript, out] = [join(desk, 'talk.mp4'), join(desk, '-words %s.txt'), join(desk, "-the 'clips' %d")]
    await mkdir(desk)
    await home.put(talk, path)
    await copyFile(join(desk, 'talk.srt'), transcript)
    const { status, json } = await home.clip(['--min', '3', '--transcript', transcript, '--out', out, path])
    expect({ status, folder: json.folder, origin: json.transcript?.origin.name }).toEqual({
      status: 0,
      folder: out,
      origin: transcript,
    })
  })

  it('of the data folder, where clips are made', async () => {
    const desk = await home.makeDesk()
    const data = join(desk, `it's: 100%d [a],"b"\n🐕`)
    await home.put(await makeVideo({ seconds: 3, width: 90, height: 160 }), join(desk, 'talk.mp4'))
    await writeFile(join(desk, 'talk.srt'), '1\n00:00:00,200 --> 00:00:02,800\nNine podcasts out of ten stop early.\n')
    const { status, json } = await home.clip(['--min', '3', '--data', data, join(desk, 'talk.mp4')], { cwd: desk })
    expect({ status, error: json.error, clips: json.moments?.map(({ clip }) => clip.status) }).toEqual({
      status: 0,
      error: undefined,
      clips: ['done'],
    })
  })
})

it('a name that would rewrite the terminal is shown without its powers', async () => {
  const desk = await home.makeDesk()
  const name = 'talk\u001b[2J\u001b]0;owned\u0007\n✗ all is lost.mp4'
  const { stderr } = await home.clipAsPerson([name], { cwd: desk })
  expect(stderr).not.toContain('\u001b')
  expect(stderr).not.toContain('\u0007')
  expect(stderr).toContain('was not found')
})

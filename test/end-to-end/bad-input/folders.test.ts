import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namesIn } from '../../support/files-of.ts'
import { makeVideo } from '../../support/make-media.ts'
import { processesWith } from '../../support/processes.ts'
import { type Home, openHome, patient, refusalOf } from '../../support/run-cli.ts'
import { mountTinyDisk } from '../../support/tiny-disk.ts'
import { rendering, wrapFfmpeg } from '../../support/wrap-ffmpeg.ts'

let home: Home
let talk: string
beforeAll(async () => {
  home = await openHome()
  talk = await makeVideo({ seconds: 5, width: 90, height: 160, rate: 10 })
})
afterAll(async () => {
  expect(await home.remains()).toEqual([])
  await home.close()
})

const asNobody = fileURLToPath(new URL('../../fixtures/clip-as-nobody.ts', import.meta.url))
const elsewhere = 'Choose another folder with --out.'

describe.concurrent('a folder that clips cannot go to', patient, () => {
  it.for<[string, (desk: string) => Promise<string>, string]>([
    ['a file', async (desk) => join(desk, 'talk.mp4'), 'it is a file'],
    ['below a file', async (desk) => join(desk, 'talk.mp4', 'clips'), 'a part of the path is a file'],
    ['where nobody can make one', async () => '/proc/clipwright/clips', 'no folder can be made there'],
    ['a name that is too long', async (desk) => join(desk, 'l'.repeat(300)), 'the path is too long'],
  ])('%s', async ([, choose, reason]) => {
    const desk = await home.makeDesk()
    await home.put(talk, join(desk, 'talk.mp4'))
    const out = await choose(desk)
    const refusal = refusalOf(await home.clip([join(desk, 'talk.mp4'), '--out', out]))
    expect(refusal).toEqual({
      status: 5,
      code: 'OUT_FOLDER_UNUSABLE',
      message: `Clips can't be written to ${out}: ${reason}.`,
      hint: elsewhere,
    })
    expect(await namesIn(desk)).toEqual(['talk.mp4', 'talk.srt'])
  })

  it('one of a disk that is read-only', async ({ skip }) => {
    const desk = await home.makeDesk()
    const disk = mountTinyDisk(join(desk, 'disk'), { kilobytes: 64, readOnly: true })
    if (!disk) return skip('nobody lets us mount a disk here')
    const out = join(disk.path, 'clips')
    const refusal = refusalOf(await home.clip([talk, '--out', out]))
    disk.close()
    expect(refusal).toEqual({
      status: 5,
      code: 'OUT_FOLDER_UNUSABLE',
      message: `Clips can't be written to ${out}: its disk is read-only.`,
      hint: elsewhere,
    })
  })

  it.runIf(process.getuid?.() === 0)('one of somebody else', async () => {
    const desk = await home.makeDesk()
    for (const folder of [desk, dirname(desk)]) await chmod(folder, 0o755)
    await copyFile(talk, join(desk, 'talk.mp4'))
    const refusal = refusalOf(await home.clip([join(desk, 'talk.mp4')], { cwd: desk, program: asNobody }))
    expect(refusal).toEqual({
      status: 5,
      code: 'OUT_FOLDER_UNUSABLE',
      message: `Clips can't be written to ${join(desk, 'talk-clips')}: you may not write there.`,
      hint: elsewhere,
    })
  })

  it('one with something of the same name that is not ours', async () => {
    const desk = await home.makeDesk()
    await writeFile(join(desk, 'report.html'), 'My thesis')
    const refusal = refusalOf(await home.clip([talk, '--out', desk]))
    expect(refusal).toEqual({
      status: 5,
      code: 'OUT_FOLDER_TAKEN',
      message: `The folder ${desk} already holds a report.html that Clipwright did not write.`,
      hint: elsewhere,
    })
    expect(await readFile(join(desk, 'report.html'), 'utf8')).toBe('My thesis')
    expect(await namesIn(desk)).toEqual(['report.html'])
  })

  it('one with the clips of another recording', async () => {
    const desk = await home.makeDesk()
    const [first, second] = [join(desk, 'first.mp4'), join(desk, 'second.mp4')]
    await home.put(talk, first, 'WEBVTT\n')
    await home.put(talk, second, 'WEBVTT\n')
    const out = join(desk, 'clips')
    expect((await home.clip([first, '--out', out])).status).toBe(7)
    const refusal = refusalOf(await home.clip([second, '--out', out]))
    expect(refusal).toMatchObject({
      status: 5,
      code: 'OUT_FOLDER_TAKEN',
      message: `The folder ${out} already holds the clips of first.`,
    })
  })
})

describe.concurrent('a data folder that cannot be used', patient, () => {
  it.for<[string, (desk: string) => string, string]>([
    ['a file', (desk) => join(desk, 'talk.mp4'), 'it is a file'],
    ['where nobody can make one', () => '/proc/clipwright', 'no folder can be made there'],
  ])('%s', async ([, choose, reason]) => {
    const desk = await home.makeDesk()
    await home.put(talk, join(desk, 'talk.mp4'))
    const data = choose(desk)
    const refusal = refusalOf(await home.clip([join(desk, 'talk.mp4'), '--data', data], { cwd: desk }))
    expect(refusal).toEqual({
      status: 5,
      code: 'DATA_FOLDER_UNUSABLE',
      message: `The data folder ${data} can't be used: ${reason}.`,
      hint: 'Choose a folder of yours with --data or CLIPWRIGHT_DATA.',
    })
    expect(await namesIn(desk)).toEqual(['talk.mp4', 'talk.srt'])
  })
})

describe('two runs into one folder', patient, () => {
  it('the second is refused, and the first is not disturbed', async () => {
    const desk = await home.makeDesk()
    const [path, out] = [join(desk, 'talk.mp4'), join(desk, 'clips')]
    await home.put(talk, path)
    // Holds the first one in the middle of its work until the second has had its answer.
    const env = await wrapFfmpeg({
      folder: desk,
      when: rendering,
      instead: `until [ -e '${desk}/go' ]; do sleep 0.05; done`,
    })
    const first = home.begin([path, '--min', '3', '--out', out], { env })
    await first.says('cut: started')
    const second = refusalOf(await home.clip([path, '--min', '3', '--out', out]))
    await writeFile(join(desk, 'go'), '')
    expect(second).toEqual({
      status: 5,
      code: 'OUT_FOLDER_BUSY',
      message: expect.stringMatching(/^Another Clipwright \(process \d+\) is writing to .*clips right now\.$/),
      hint: 'Wait for it to end, or choose another folder with --out.',
    })
    expect(await first.ended).toMatchObject({ status: 0 })
    expect(await namesIn(out)).toContain('moments.json')
    expect(await namesIn(out)).not.toContain('.clipwright.lock')
    expect(processesWith(desk)).toEqual([])
  })

  it('the lock of a dead run does not hold, that of another machine does', async () => {
    const desk = await home.makeDesk()
    const [path, out] = [join(desk, 'talk.mp4'), join(desk, 'clips')]
    await home.put(talk, path, 'WEBVTT\n')
    await mkdir(out)
    const dead = { host: hostname(), bootId: 'of another day', pid: 1, startTime: '1' }
    // Nobody can know from here whether it still works.
    await writeFile(join(out, '.clipwright.lock'), JSON.stringify({ ...dead, host: 'elsewhere' }))
    expect(refusalOf(await home.clip([path, '--out', out]))).toMatchObject({ status: 5, code: 'OUT_FOLDER_BUSY' })
    await writeFile(join(out, '.clipwright.lock'), JSON.stringify(dead))
    expect((await home.clip([path, '--out', out])).status).toBe(7)
    expect(await namesIn(out)).toEqual(['moments.json', 'report.html'])
  })
})

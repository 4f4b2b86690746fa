import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namesIn } from '../../support/files-of.ts'
import { differentCopy } from '../../support/make-broken-media.ts'
import { makeVideo } from '../../support/make-media.ts'
import { type Home, openHome, patient, refusalOf } from '../../support/run-cli.ts'
import { mountTinyDisk, type TinyDisk } from '../../support/tiny-disk.ts'

let home: Home
let talk: string
let disks: TinyDisk[] = []
beforeAll(async () => {
  home = await openHome()
  // Moving pictures, so that the clip takes more room than its captions' fonts.
  talk = await makeVideo({ seconds: 5, width: 90, height: 160 })
})
afterAll(async () => {
  for (const disk of disks) disk.close()
  disks = []
  expect(await home.remains()).toEqual([])
  await home.close()
})

/** Room for the fonts and half of a clip. */
const tooLittle = 3000
const enough = 64_000

describe.concurrent('a disk that fills up while clips are made', patient, () => {
  function mount(path: string, kilobytes: number, skip: (reason: string) => never): TinyDisk {
    const disk = mountTinyDisk(path, { kilobytes }) ?? skip('nobody lets us mount a disk here')
    disks.push(disk)
    return disk
  }

  it('where they are made: told, nothing half-written, and the same command ends the work', async ({ skip }) => {
    const desk = await home.makeDesk()
    const disk = mount(join(desk, 'disk'), tooLittle, skip)
    const [path, out] = [join(desk, 'talk.mp4'), join(desk, 'clips')]
    await home.put(talk, path)
    await differentCopy(talk, { to: path, mark: 'made on a full disk' })
    const command = [path, '--min', '3', '--data', disk.path, '--out', out]

    const { status, json } = await home.clip(command)
    expect(status).toBe(6)
    expect(json.moments).toMatchObject([
      {
        clip: {
          status: 'failed',
          error: {
            code: 'NO_SPACE',
            message: expect.stringMatching(/^The disk is full: there is no room left in .*disk/),
            hint: expect.stringContaining('Free some space and give the same command again'),
          },
        },
      },
    ])
    expect(await namesIn(join(disk.path, 'work'))).toEqual([])
    expect((await namesIn(join(disk.path, 'renderings'))).filter((name) => name.includes('.'))).toEqual([])
    expect(await namesIn(out)).toEqual(['moments.json', 'report.html'])

    disk.resize(enough)
    const again = await home.clip(command)
    expect({ status: again.status, clips: again.json.moments?.map(({ clip }) => clip.status) }).toEqual({
      status: 0,
      clips: ['done'],
    })
  })

  it('where they are put: told, no half of a file, and the same command ends the work', async ({ skip }) => {
    const desk = await home.makeDesk()
    const disk = mount(join(desk, 'disk'), 60, skip)
    const [path, out] = [join(desk, 'talk.mp4'), join(disk.path, 'clips')]
    await home.put(talk, path)
    const command = [path, '--min', '3', '--out', out]

    const refusal = refusalOf(await home.clip(command))
    expect(refusal).toMatchObject({
      status: 5,
      code: 'NO_SPACE',
      message: expect.stringContaining(`The disk is full: there is no room left in ${out}`),
    })
    const left = await namesIn(out)
    expect(left.filter((name) => name.startsWith('.') || name.endsWith('.mp4') || name.endsWith('.json'))).toEqual([])

    disk.resize(enough)
    const again = await home.clip(command)
    expect({ status: again.status, reused: again.json.moments?.map(({ clip }) => clip.reused) }).toEqual({
      status: 0,
      reused: [true],
    })
    expect(await namesIn(out)).toHaveLength(6)
  })
})

import { access, copyFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { namesIn } from '../../support/files-of.ts'
import { differentCopy } from '../../support/make-broken-media.ts'
import { makeVideo } from '../../support/make-media.ts'
import { processesWith } from '../../support/processes.ts'
import { type Home, openHome, patient, refusalOf } from '../../support/run-cli.ts'
import { listening, rendering, wrapFfmpeg } from '../../support/wrap-ffmpeg.ts'

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

/** A recording that no other test has seen, so that its clip has to be made. */
async function newTalk(mark: string) {
  const desk = await home.makeDesk()
  const [path, out] = [join(desk, 'talk.mp4'), join(desk, 'clips')]
  await home.put(talk, path)
  await differentCopy(talk, { to: path, mark })
  return { desk, path, out, command: [path, '--min', '3', '--out', out] }
}

describe.concurrent('ffmpeg', patient, () => {
  it('that is not where the setting says', async () => {
    const { desk, command } = await newTalk('missing')
    const path = join(desk, 'nowhere', 'ffmpeg')
    const refusal = refusalOf(await home.clip(command, { env: { FFMPEG_PATH: path } }))
    expect(refusal).toMatchObject({
      status: 5,
      code: 'FFMPEG_BROKEN',
      message: `There is no program at ${path}.`,
      hint: expect.stringMatching(/^Correct FFMPEG_PATH or FFPROBE_PATH, or clear it/),
    })
    expect(await namesIn(desk)).toEqual(['talk.mp4', 'talk.srt'])
  })

  it('that is another program', async () => {
    const { command } = await newTalk('other')
    const refusal = refusalOf(await home.clip(command, { env: { FFMPEG_PATH: process.execPath } }))
    expect(refusal).toMatchObject({ status: 5, code: 'FFMPEG_BROKEN' })
  })

  it('that is killed in the middle of every rendering: told, nothing half-written, and the next command ends the work', async () => {
    const { desk, out, command } = await newTalk('killed')
    const env = await wrapFfmpeg({
      folder: desk,
      when: rendering,
      instead: 'begin "$@"; kill -9 $child; kill -9 $$',
    })
    const { status, json } = await home.clip(command, { env })
    expect(status).toBe(6)
    expect(json.moments).toMatchObject([
      {
        clip: {
          status: 'failed',
          error: {
            code: 'FFMPEG_KILLED',
            message: 'ffmpeg was ended from outside (SIGKILL).',
            hint: 'Often the machine was short of memory, or was shutting down; trying again can help.',
          },
        },
      },
    ])
    expect(await namesIn(out)).toEqual(['moments.json', 'report.html'])
    expect(processesWith(desk)).toEqual([])
    expect(await home.clip(command)).toMatchObject({ status: 0 })
  })

  it('that is killed once: tried again, and nobody needs to know', async () => {
    const { desk, command } = await newTalk('killed once')
    const env = await wrapFfmpeg({
      folder: desk,
      when: rendering,
      instead: `if mkdir '${desk}/once' 2>/dev/null; then begin "$@"; kill -9 $child; kill -9 $$; fi`,
    })
    const { status, json } = await home.clip(command, { env })
    expect({ status, clips: json.moments?.map(({ clip }) => clip.status) }).toEqual({ status: 0, clips: ['done'] })
    await access(join(desk, 'once'))
  })

  it('that fails: what it said is kept', async () => {
    const { desk, command } = await newTalk('failing')
    const env = await wrapFfmpeg({
      folder: desk,
      when: rendering,
      instead: 'echo "Error while filtering: Cannot allocate memory" >&2; exit 1',
    })
    const { status, json } = await home.clip(command, { env })
    expect(status).toBe(6)
    expect(json.moments?.[0]?.clip.error).toMatchObject({
      code: 'FFMPEG_FAILED',
      message: 'ffmpeg could not finish: Error while filtering: Cannot allocate memory',
      evidence: { exitCode: 1, output: expect.stringContaining('Cannot allocate memory') },
    })
  })

  it('that hangs and is deaf: Ctrl-C ends it all the same', async () => {
    const { desk, out, command } = await newTalk('hanging')
    const hanging = fileURLToPath(new URL('../../fixtures/tools/hanging-ffmpeg.mjs', import.meta.url))
    const env = await wrapFfmpeg({
      folder: desk,
      when: rendering,
      instead: `exec '${process.execPath}' '${hanging}' "$@"`,
    })
    const running = home.begin(command, { env: { ...env } })
    const isHanging = () => expect(processesWith(desk).some((each) => each.command.includes(hanging))).toBe(true)
    await vi.waitFor(isHanging, { timeout: 300_000, interval: 50 })
    running.interruptGroup()
    expect(await running.ended).toMatchObject({ status: 130 })
    expect(processesWith(desk)).toEqual([])
    expect(await namesIn(out)).toEqual([])
  })
})

describe.concurrent('a recording that does not stay as it was', patient, () => {
  it.for<[string, string, string, (path: string) => string, RegExp]>([
    [
      'deleted',
      'RECORDING_MOVED',
      listening,
      (path) => `rm -f '${path}'`,
      /^The recording is no longer at .*talk\.mp4\.$/,
    ],
    [
      'written over',
      'RECORDING_CHANGED',
      listening,
      (path) => `cp '${path}.new' '${path}'`,
      /^The file at .*talk\.mp4 has changed since it was read\.$/,
    ],
  ])('%s while it is listened to', async ([change, code, when, how, message]) => {
    const { desk, path, out, command } = await newTalk(change)
    await copyFile(await makeVideo({ seconds: 4, width: 90, height: 160 }), `${path}.new`)
    const env = await wrapFfmpeg({ folder: desk, when, instead: `real "$@"; status=$?; ${how(path)}; exit $status` })
    const refusal = refusalOf(await home.clip(command, { env }))
    expect(refusal).toMatchObject({ status: 4, code, message: expect.stringMatching(message) })
    expect(await namesIn(out)).toEqual([])
  })

  it('written over while its clip is rendered', async () => {
    const { desk, path, out, command } = await newTalk('late')
    await copyFile(await makeVideo({ seconds: 4, width: 90, height: 160 }), `${path}.new`)
    const env = await wrapFfmpeg({
      folder: desk,
      when: rendering,
      instead: `real "$@"; status=$?; cp '${path}.new' '${path}'; exit $status`,
    })
    const { status, json } = await home.clip(command, { env })
    expect({ status, error: json.moments?.[0]?.clip.error?.code }).toEqual({ status: 6, error: 'RECORDING_CHANGED' })
    expect(await namesIn(out)).toEqual(['moments.json', 'report.html'])
  })

  it('still being written: refused until it is finished', async () => {
    const { desk, path, command } = await newTalk('growing')
    await rm(path)
    const env = await wrapFfmpeg({
      folder: desk,
      when: listening,
      instead: `printf x >> '${path}'; real "$@"; exit $?`,
    })
    await differentCopy(talk, { to: path, mark: 'growing' })
    expect(refusalOf(await home.clip(command, { env }))).toMatchObject({
      status: 4,
      code: 'RECORDING_CHANGED',
      hint: 'Give the command again when it is finished.',
    })
    await writeFile(join(desk, 'done'), '')
    expect((await home.clip(command)).status).toBe(0)
  })
})

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namesIn } from '../../support/files-of.ts'
import { cutOffBeforeIndex, listsNaming } from '../../support/make-broken-media.ts'
import { makePicture, makeVideo, runFfmpeg } from '../../support/make-media.ts'
import { type Home, openHome, patient, refusalOf } from '../../support/run-cli.ts'

let home: Home
beforeAll(async () => {
  home = await openHome()
})
afterAll(async () => {
  expect(await home.remains()).toEqual([])
  await home.close()
})

interface Refused {
  /** Makes the file; gets its path. */
  make: (path: string) => Promise<unknown>
  code: string
  /** After the file's path. */
  message: string
  hint: string
}

const damaged =
  'See whether it plays elsewhere. What was interrupted while it was recorded or copied often lacks its end: copy or download it again.'

const refused: Record<string, Refused> = {
  'an empty file': {
    make: (path) => writeFile(path, ''),
    code: 'MEDIA_EMPTY',
    message: 'is empty.',
    hint: 'The recording or download did not work; make it or download it again.',
  },
  'text with the name of a video': {
    make: (path) => writeFile(path, 'Dear Ann,\nthe video is attached.\n'),
    code: 'MEDIA_UNREADABLE',
    message: 'could not be read as video or audio.',
    hint: damaged,
  },
  'a video that was cut off before its index': {
    make: cutOffBeforeIndex,
    code: 'MEDIA_UNREADABLE',
    message: 'could not be read as video or audio.',
    hint: damaged,
  },
  'half a second': {
    make: async (path) => copyFile(await makeVideo({ seconds: 0.5, rate: 10, audio: 'none' }), path),
    code: 'MEDIA_TOO_SHORT',
    message: 'lasts 0.5 s; at least 1 s are needed.',
    hint: 'If it should be longer, the file is probably cut off; copy or download it again.',
  },
  'a picture of one pixel and no sound': {
    make: async (path) => copyFile(await makeVideo({ width: 1, height: 1, audio: 'none' }), path),
    code: 'MEDIA_NO_STREAMS',
    message: 'holds neither a usable picture nor sound. A picture of 1×1 pixels is too small to use; it was left out.',
    hint: 'Give a video or an audio recording; a cover picture alone is not one.',
  },
  'a cover without sound': {
    make: async (path) =>
      runFfmpeg(['-i', await makePicture('jpg'), '-c', 'copy', '-disposition:v', 'attached_pic', path]),
    code: 'MEDIA_NO_STREAMS',
    message: 'holds neither a usable picture nor sound.',
    hint: 'Give a video or an audio recording; a cover picture alone is not one.',
  },
  'a photograph': {
    make: async (path) => copyFile(await makePicture('jpg'), path),
    code: 'MEDIA_NOT_ALLOWED',
    message: 'is a playlist, a script or a picture, not a video or audio file; nothing it names was opened.',
    hint: 'Give the recording itself, e.g. an .mp4, .mkv, .mov, .mp3 or .wav file.',
  },
  nothing: {
    make: async () => undefined,
    code: 'MEDIA_NOT_FOUND',
    message: 'was not found.',
    hint: 'Check the spelling of the path.',
  },
  'a folder': {
    make: (path) => mkdir(path),
    code: 'MEDIA_NOT_FOUND',
    message: 'is a folder, not a recording.',
    hint: 'Name one file in it.',
  },
  'a pipe': {
    make: (path) => promisify(execFile)('mkfifo', [path]),
    code: 'MEDIA_NOT_FOUND',
    message: 'is not an ordinary file.',
    hint: 'Save the recording as a file first, and name that.',
  },
}

describe.concurrent('what is no recording is refused in a sentence, and nothing is left', patient, () => {
  it.for(Object.entries(refused))('%s', async ([, { make, code, message, hint }]) => {
    const desk = await home.makeDesk()
    const path = join(desk, 'talk.mp4')
    await make(path)
    const before = await namesIn(desk)
    const result = await home.clip([path], { cwd: desk })
    expect(refusalOf(result)).toEqual({ status: 4, code, message: `${path} ${message}`, hint })
    expect(await namesIn(desk)).toEqual(before)
  })

  it('a person reads the sentence first, then the way out, then what ffmpeg said', async () => {
    const desk = await home.makeDesk()
    const { stdout, stderr } = await home.clipAsPerson([await cutOffBeforeIndex(join(desk, 'talk.mp4'))])
    expect(stdout).toBe('')
    const lines = stderr.split('\n').slice(stderr.split('\n').findIndex((line) => line.startsWith('✗')))
    expect(lines[0]).toBe(`✗ ${desk}/talk.mp4 could not be read as video or audio. [MEDIA_UNREADABLE]`)
    expect(lines[1]).toBe(`  → ${damaged}`)
    expect(stderr).toContain('moov atom not found')
  })
})

describe.concurrent('a file that may not be read', patient, () => {
  const asNobody = fileURLToPath(new URL('../../fixtures/clip-as-nobody.ts', import.meta.url))

  it.runIf(process.getuid?.() === 0)('is refused before anything is done', async () => {
    const desk = await home.makeDesk()
    const path = join(desk, 'talk.mp4')
    await copyFile(await makeVideo(), path)
    await chmod(path, 0o600)
    await openTo(desk)
    expect(refusalOf(await home.clip([path], { program: asNobody, cwd: '/' }))).toEqual({
      status: 4,
      code: 'MEDIA_NOT_FOUND',
      message: `${path} may not be read by you.`,
      hint: "Change the file's permissions, or copy it to a place of yours.",
    })
  })
})

/** Lets everyone go to a folder of the test, whose parents are private. */
async function openTo(desk: string): Promise<void> {
  for (const folder of [desk, join(desk, '..')]) await chmod(folder, 0o755)
}

describe('a list that poses as a recording names what must not be opened', () => {
  let server: Server
  let asked: string[]
  beforeAll(async () => {
    asked = []
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => server.close())

  const names = Object.keys(listsNaming({ file: '', url: '' }))
  describe.concurrent('by any name', patient, () => {
    it.for([...names.map((name) => [name, 'mp4'] as const), ['HLS playlist', 'm3u8'] as const])(
      '%s as .%s',
      async ([name, extension]) => {
        const desk = await home.makeDesk()
        const [path, secret] = [join(desk, `talk.${extension}`), join(desk, 'secret.mp4')]
        await copyFile(await makeVideo({ seconds: 5 }), secret)
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
        await writeFile(path, listsNaming({ file: secret, url })[name] ?? '')
        await forgetReading(secret)

        const refusal = refusalOf(await home.clip([path], { cwd: desk }))
        expect(refusal).toMatchObject({ status: 4, code: expect.stringMatching(/^MEDIA_(NOT_ALLOWED|UNREADABLE)$/) })
        expect(await wasRead(secret)).toBe(false)
        expect(asked).toEqual([])
        expect(await namesIn(desk)).toEqual(['secret.mp4', `talk.${extension}`])
      },
    )
  })

  it('says so for the kinds that people meet', async () => {
    const desk = await home.makeDesk()
    const lists = listsNaming({ file: join(desk, 'a.mp4'), url: 'http://127.0.0.1:9' })
    for (const name of ['HLS playlist', 'concat script']) {
      const path = join(desk, 'list.mp4')
      await writeFile(path, lists[name] ?? '')
      expect(refusalOf(await home.clip([path]))).toMatchObject({
        code: 'MEDIA_NOT_ALLOWED',
        message: `${path} is a playlist, a script or a picture, not a video or audio file; nothing it names was opened.`,
      })
    }
  })

  it('would have been noticed if it had been', async () => {
    const desk = await home.makeDesk()
    const secret = join(desk, 'secret.mp4')
    await writeFile(secret, 'x')
    await forgetReading(secret)
    await readFile(secret)
    expect(await wasRead(secret)).toBe(true)
  })
})

/** With a time of reading before that of writing, every file system but one mounted `noatime` notes the next reading. */
async function forgetReading(path: string): Promise<void> {
  await utimes(path, new Date('2020-01-01'), new Date('2021-01-01'))
}

async function wasRead(path: string): Promise<boolean> {
  return (await stat(path)).atimeMs > Date.parse('2020-06-01')
}

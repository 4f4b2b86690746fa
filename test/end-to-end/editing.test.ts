import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentedMoment, MomentsDocument } from '../../src/pipeline/conclude/moments-document.ts'
import { Command } from '../support/command.ts'
import { makeTalk } from '../support/make-talk.ts'
import { type Home, openHome, patient } from '../support/run-cli.ts'

let home: Home
let desk: string
let media: string
let first: MomentsDocument

beforeAll(async () => {
  home = await openHome()
  desk = await home.makeDesk()
  media = (await makeTalk(desk)).media
  first = await cut('out')
}, patient.timeout)
afterAll(() => home.close())

const folder = (name: string) => join(desk, name)
const read = async (name: string) =>
  JSON.parse(await readFile(join(folder(name), 'moments.json'), 'utf8')) as MomentsDocument

/** Two short clips without captions: what is edited is what matters here. */
async function cut(out: string, ...more: string[]): Promise<MomentsDocument> {
  const shape = ['--min', '3', '--max', '6', '--count', '2', '--aspect', '1:1', '--captions', 'none', '--no-llm']
  const { status, stderr } = await home.clip([media, ...shape, '--out', folder(out), ...more])
  if (status !== 0) throw new Error(stderr)
  return read(out)
}

async function edit(...args: string[]) {
  const env = { DATABASE_URL: home.databaseUrl, CLIPWRIGHT_DATA: home.data }
  const { status, stdout, stderr } = await new Command(['edit', '--json', ...args], { env, cwd: desk }).ended
  return {
    status,
    stderr,
    said: JSON.parse(stdout) as { error?: { code: string; message: string }; moment?: DocumentedMoment },
  }
}

/** The clip of a rank, which must have been made. */
function clipOf({ moments }: Pick<MomentsDocument, 'moments'>, rank: number) {
  const clip = moments.find((moment) => moment.rank === rank)?.clip
  if (clip?.status !== 'done') throw new Error(`clip ${rank} was not made`)
  return clip
}

describe('a clip', patient, () => {
  it('is trimmed, loses words, gets a title; and goes back', async () => {
    const before = clipOf(first, 1)
    const word = first.moments[0]?.text.split(' ')[4] ?? ''
    const { status, said } = await edit(
      'out',
      '1',
      '--trim-start',
      '0.4',
      '--remove',
      `${word}#1`,
      '--title',
      'Another name',
    )
    expect({ status, error: said.error }).toEqual({ status: 0, error: undefined })
    const after = await read('out')
    const clip = clipOf(after, 1)
    expect(clip).toMatchObject({
      version: 2,
      file: '01-another-name.mp4',
      edit: { byHand: true, title: 'Another name' },
    })
    expect(clip.edit?.removed).toMatchObject([{ kind: 'words', text: word }])
    expect(clip.duration).toBeLessThan(before.duration - 0.45)
    expect(clip.ranges[0]?.start).toBeCloseTo((before.ranges[0]?.start ?? 0) + 0.4, 2)
    // The other one is the same file, and the old one is gone.
    expect(clipOf(after, 2)).toMatchObject({ reused: true, sha256: clipOf(first, 2).sha256 })
    expect(await readdir(folder('out'))).not.toContain(before.file)
    expect(await readdir(folder('out'))).toContain(clip.file)

    // It stays so when the recording is cut again, with another count too.
    expect(clipOf(await cut('out'), 1)).toMatchObject({ version: 2, sha256: clip.sha256, file: clip.file })

    await edit(join(folder('out'), clip.file), '--undo')
    const back = await read('out')
    expect(clipOf(back, 1)).toMatchObject({ version: 1, sha256: before.sha256, file: before.file, edit: null })
    expect((await edit('out#1', '--undo')).said.error?.code).toBe('NOTHING_TO_UNDO')
  })

  it.each([
    ['ends after the recording', ['--ranges', '0:18-0:30'], 'EDIT_UNUSABLE'],
    ['begins before the recording', ['--trim-start', '-60'], 'EDIT_UNUSABLE'],
    ['takes out what nobody says', ['--remove', 'hippopotamus'], 'EDIT_UNUSABLE'],
    ['undoes and changes at once', ['--undo', '--title', 'x'], 'WRONG_USAGE'],
    ['is of no clip', [], 'CLIP_NOT_FOUND'],
  ])('is as it was after an edit that %s', async (_, args, code) => {
    const before = await read('out')
    const { status, said } = await edit('out', args.length === 0 ? '99' : '2', ...args)
    expect({ status, code: said.error?.code }).toEqual({ status: 2, code })
    expect(await read('out')).toEqual(before)
  })

  it('plays several ranges, out of order and from elsewhere, as an edits file says', async () => {
    const { start = 0, end = 0 } = first.moments[1] ?? {}
    const ranges = [
      { start: 14.4, end: 15.6 },
      { start: start + 0.5, end: end - 0.5 },
      { start: 0.4, end: 1.4 },
    ]
    const file = join(desk, 'edits.json')
    const elsewhere = { start: 19, end: 19.5, title: 'Nothing is here' }
    const clips = [{ start, end, ranges, framing: [{ look: 'fit', start: 14, end: 16 }] }, elsewhere]
    await writeFile(file, JSON.stringify({ schema: 'clipwright.edits/1', clips }))
    const document = await cut('by-file', '--edits', file)
    const clip = clipOf(document, 2)
    expect(clip.ranges).toEqual(ranges)
    expect(clip.duration).toBeCloseTo(1.2 + (end - start - 1) + 1, 1)
    expect(clip.framing.filter(({ by }) => by === 'hand')).toMatchObject([{ kind: 'blurred-fit' }])
    expect(document.warnings).toContain('The edit of 0:19 to 0:19 is about none of these clips.')
    const captions = await readFile(join(folder('by-file'), clip.srt ?? ''), 'utf8')
    expect(captions).toMatch(/do you know[\s\S]*Why do seven/)
    // Whoever edits it by hand goes on from there; nobody else's clips change.
    const { said } = await edit('by-file', '2', '--title', 'Three places')
    expect(said.moment?.clip).toMatchObject({ ranges, edit: { title: 'Three places' } })
    expect((await edit('by-file', '2', '--undo')).said.moment?.clip.edit).toBeNull()
  })

  it('is tightened where that is asked for, says by what, and one by one not', async () => {
    const document = await cut('tight', '--tighten', '--tighten-zoom')
    expect(document.moments.every(({ clip }) => clip.status === 'done')).toBe(true)
    const { said } = await edit('tight', '1', '--tighten', 'none')
    expect(said.moment?.clip.ranges).toHaveLength(1)
  })
})

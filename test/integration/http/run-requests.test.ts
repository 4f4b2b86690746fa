import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveFileHash } from '../../../src/library/file-hashes.store.ts'
import { type RunSettings, runSettings } from '../../../src/pipeline/run-settings.ts'
import { identifyFile } from '../../../src/pipeline/source-file.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { makeAudio, makePicture } from '../../support/make-media.ts'
import { asOwner, letIn, newKey } from '../../support/sign-in.ts'
import { storedSamples } from '../../support/stored-samples.ts'

let test: TestApp
let path: string
/** Whose files anybody may name. */
let shared: string
beforeAll(async () => {
  shared = await mkdtemp(join(tmpdir(), 'clipwright-shared-'))
  test = await appForTest({}, { environment: { MEDIA_FOLDERS: shared } })
  path = join(test.clipwright.dataFolder, 'talk.mp4')
  await writeFile(path, 'a recording')
})
afterAll(async () => {
  await test.close()
  await rm(shared, { recursive: true, force: true })
})

const db = () => test.clipwright.database.kysely
const begin = (payload: object, more: InjectOptions = {}) =>
  test.app.inject({ method: 'POST', url: '/api/v1/runs', payload, ...more })

/** What the run that was begun is asked to do. */
async function asked(answer: LightMyRequestResponse): Promise<RunSettings> {
  expect([answer.statusCode, answer.body]).toEqual([202, expect.stringContaining('"id"')])
  const { id } = answer.json<{ id: string }>()
  const row = await db().selectFrom('runs').select('settings').where('id', '=', id).executeTakeFirstOrThrow()
  return runSettings.parse(row.settings)
}

/** Sends a file by tus in one go. Returns the id of the upload. */
async function upload(bytes: Buffer, { kind, filename }: { kind: string; filename: string }): Promise<string> {
  const metadata = Object.entries({ kind, filename }).map(([key, text]) => `${key} ${btoa(text)}`)
  const answer = await test.app.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.length),
      'upload-metadata': metadata.join(','),
      'content-type': 'application/offset+octet-stream',
    },
    payload: bytes,
  })
  expect([answer.statusCode, answer.body]).toEqual([201, expect.stringContaining('"id"')])
  return answer.json<{ id: string }>().id
}
const asset = (bytes: Buffer, filename: string) => upload(bytes, { kind: 'asset', filename })

describe('the recording of a run', () => {
  it('is a link that is fetched when its turn comes', async () => {
    const settings = await asked(await begin({ url: 'https://example.org/shows/lamp.mp3', episode: '1' }))
    expect(settings).toMatchObject({
      title: 'lamp',
      link: { url: 'https://example.org/shows/lamp.mp3', episode: '1' },
      path: expect.stringContaining(join('downloads', 'lamp-')),
      out: expect.stringContaining(join('clips', 'lamp-')),
    })
  })

  it('is one of the library', async () => {
    const id = await storedSamples(test.clipwright.database).newRecording()
    const file = join(test.clipwright.dataFolder, 'kept.mp4')
    await writeFile(file, 'what was said')
    const row = await db().updateTable('recordings').set({ path: file }).where('id', '=', id).returningAll().execute()
    await saveFileHash(db(), await identifyFile(file), row[0]?.content_hash ?? '')
    expect(await asked(await begin({ recordingId: id }))).toMatchObject({ path: file, title: row[0]?.title })
    await rm(file)
    expect((await begin({ recordingId: id })).json()).toMatchObject({ status: 409, code: 'RECORDING_MOVED' })
    await sql`update recordings set deleted_at = now() where id = ${id}`.execute(db())
    expect((await begin({ recordingId: id })).json()).toMatchObject({ status: 404, code: 'RECORDING_NOT_FOUND' })
  })

  it.each([
    ['nothing', {}, 'path'],
    ['two', { path: '/a.mp4', url: 'https://example.org/a.mp4' }, 'url'],
    ['a link of another kind', { url: 'file:///etc/passwd' }, '/url'],
    ['an episode of a file', { path: '/a.mp4', episode: '1' }, 'episode'],
    [
      'a transcript in two ways',
      { path: '/a.mp4', transcriptPath: '/a.srt', transcriptUrl: 'https://a.org/b' },
      'transcriptUrl',
    ],
    [
      'a transcript where no words are wanted',
      { path: '/a.mp4', transcriptPath: '/a.srt', withoutWords: true },
      'transcriptPath',
    ],
    ['a relative path', { path: 'a.mp4' }, '/path'],
    ['music that is loud', { path: '/a.mp4', music: { file: '/a.mp3', level: 3 } }, '/music/level'],
    ['a brand with a slip of the pen', { path: '/a.mp4', brand: { schema: 'clipwright.brand/1', lgo: {} } }, '/brand'],
    ['scenes that overlap', { path: '/a.mp4', framing: [{ start: 2, end: 1, look: 'fit' }] }, '/framing/0'],
  ])('is not %s', async (_, payload, field) => {
    const { status, issues } = (await begin(payload)).json<{ status: number; issues: { path: string }[] }>()
    expect(status).toBe(400)
    expect(issues.map((issue) => issue.path).join(' ')).toContain(field)
  })
})

describe('what a run is asked', () => {
  it('is all the command line takes', async () => {
    const framing = [{ start: 0, end: 4, look: 'fit' as const }]
    const edits = [{ start: 10, end: 30, title: 'The lamp', remove: ['you know'] }]
    const settings = await asked(await begin({ path, framing, edits, fastPath: false }))
    expect(settings).toMatchObject({ framing, edits, fastPath: false })
    expect(await asked(await begin({ path, fastPath: true }))).not.toHaveProperty('fastPath')
  })

  it('uses what was uploaded for it: a transcript, music, a logo', async () => {
    const srt = '1\n00:00:00,000 --> 00:00:01,000\nHello there.\n'
    const transcriptId = await upload(Buffer.from(srt), { kind: 'transcript', filename: 'talk.srt' })
    const music = await asset(await readFile(await makeAudio({ seconds: 2 })), 'theme.mp3')
    const logo = await asset(await readFile(await makePicture()), 'logo.png')
    const brand = { schema: 'clipwright.brand/1', logo: { file: logo, place: 'top-left' }, hookTitle: true }
    const settings = await asked(await begin({ path, transcriptId, music: { file: music }, brand }))
    const place = (id: string) => db().selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const [text, sound, picture] = [await place(transcriptId), await place(music), await place(logo)]
    expect(settings).toMatchObject({
      transcriptPath: text.path,
      music: { path: sound.path, level: -14 },
      brand: {
        logo: { file: { path: picture.path, sha256: picture.content_hash }, place: 'top-left' },
        hookTitle: { seconds: 3 },
      },
    })
    // They stay for the run; what a person may want to be rid of can be removed.
    expect([text, sound, picture].map(({ expires_at }) => expires_at)).toEqual([null, null, null])
    expect([text.status, sound.status]).toEqual(['begun', 'whole'])
    expect(await readdir(join(test.clipwright.dataFolder, 'brands'))).toEqual([])
  })

  it('refuses files that are of no use by the names they came with', async () => {
    const id = await asset(Buffer.from('no music at all'), 'my $& theme.mp3')
    const bad = await begin({ path, music: { file: id } })
    expect(bad.json()).toMatchObject({ status: 422, code: 'MUSIC_UNUSABLE' })
    expect(bad.body).toContain('my $& theme.mp3')
    expect(bad.body).not.toContain(test.clipwright.dataFolder)
    const brand = { schema: 'clipwright.brand/1', logo: { file: id } }
    const logo = await begin({ path, brand })
    expect(logo.json()).toMatchObject({ status: 422, code: 'BRAND_MEDIA_UNUSABLE' })
    expect(logo.body).not.toContain(test.clipwright.dataFolder)
    expect((await begin({ path, transcriptId: id })).json()).toMatchObject({ status: 422, code: 'UPLOAD_NOT_USABLE' })
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect((await begin({ path, music: { file: nobody } })).json()).toMatchObject({ code: 'UPLOAD_NOT_USABLE' })
    expect((await begin({ path, music: { file: '../theme.mp3' } })).json()).toMatchObject({ status: 400 })
    const astray = { schema: 'clipwright.brand/1', fonts: { captions: id }, logo: { file: 'logo.png' } }
    const issues = [{ path: 'logo.png', message: 'is neither the id of an upload nor an absolute path' }]
    expect((await begin({ path, brand: astray })).json()).toMatchObject({ status: 400, issues })
  })
})

describe('whoever asks from another machine', () => {
  const from = { remoteAddress: '192.0.2.7' }

  it('names no file of the server, but those in MEDIA_FOLDERS', async () => {
    const owner = await asOwner(test.app)
    const { key } = await newKey(owner, { scope: 'write' })
    const far = { ...from, headers: { authorization: `Bearer ${key}` } }
    // One that is there and one that is not are told in the same words.
    for (const place of [path, '/nowhere/at/all.mp4', '/etc/passwd', join(shared, '..', 'talk.mp4'), shared]) {
      const answer = await begin({ path: place }, far)
      expect([place, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([place, 403, 'PATH_NOT_ALLOWED'])
    }
    const inside = join(shared, 'show', 'talk.mp4')
    await mkdir(join(shared, 'show'))
    await writeFile(inside, 'a recording')
    await symlink(path, join(shared, 'way-out.mp4'))
    expect((await begin({ path: join(shared, 'way-out.mp4') }, far)).json()).toMatchObject({ code: 'PATH_NOT_ALLOWED' })
    const brand = { schema: 'clipwright.brand/1', fonts: { captions: '/etc/passwd' } }
    for (const more of [{ transcriptPath: '/etc/passwd' }, { music: { file: '/etc/passwd' } }, { brand }])
      expect((await begin({ path: inside, ...more }, far)).json()).toMatchObject({ code: 'PATH_NOT_ALLOWED' })
    expect((await asked(await begin({ path: inside }, far))).path).toBe(inside)
    // The same key on the machine itself, and the same behind a proxy on it.
    const near = { headers: far.headers }
    expect((await begin({ path }, near)).statusCode).toBe(202)
    const proxied = { headers: { ...far.headers, 'x-forwarded-for': '192.0.2.7' } }
    expect((await begin({ path }, proxied)).json()).toMatchObject({ code: 'PATH_NOT_ALLOWED' })
    // What one person uploaded is not another's.
    const mine = await owner.ask({
      method: 'POST',
      url: '/api/v1/uploads',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': '5',
        'upload-metadata': `kind ${btoa('asset')}`,
        'content-type': 'application/offset+octet-stream',
      },
      payload: Buffer.from('sound'),
    })
    const ben = await letIn(test.app, { owner, role: 'editor' })
    const answer = await ben.ask({
      method: 'POST',
      url: '/api/v1/runs',
      payload: { path: inside, music: { file: mine.json<{ id: string }>().id } },
    })
    expect(answer.json()).toMatchObject({ code: 'UPLOAD_NOT_USABLE' })
  })
})

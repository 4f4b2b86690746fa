import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTar, makeZip } from '../../../test/support/make-archives.ts'
import { unpackArchive } from './unpack-archive.ts'
import type { UnpackRequest } from './unpack-request.ts'

const { signal } = new AbortController()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-unpack-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

let count = 0
async function unpack(
  content: Buffer,
  kind: UnpackRequest['kind'],
  changes: Partial<UnpackRequest> = {},
): Promise<string> {
  const place = join(folder, String(++count))
  const to = join(place, 'inner')
  await mkdir(to, { recursive: true })
  await writeFile(join(place, 'archive'), content)
  const keep = new Set(['model.onnx', 'tokens.txt'])
  await unpackArchive({ path: join(place, 'archive'), kind, to, strip: 1, keep, mostBytes: 1e6, signal, ...changes })
  return to
}

const good = [
  { name: 'm/', type: '5' as const },
  { name: 'm/model.onnx', content: 'weights' },
  { name: 'm/tokens.txt', content: 'a 0' },
  { name: 'm/test_wavs/0.wav', content: 'x'.repeat(2000) },
]
const pack = {
  tar: (entries: typeof good) => makeTar(entries),
  'tar.gz': (entries: typeof good) => gzipSync(makeTar(entries)),
  zip: (entries: typeof good) => makeZip(entries.filter(({ name }) => !name.endsWith('/'))),
}
const kinds = ['tar', 'tar.gz', 'zip'] as const

test.each(kinds)('%s: the wanted files, and nothing else', async (kind) => {
  const to = await unpack(pack[kind](good), kind)
  expect(await readdir(to)).toEqual(['model.onnx', 'tokens.txt'])
  expect(await readFile(join(to, 'model.onnx'), 'utf8')).toBe('weights')
})

test('tar.bz2', async () => {
  const archive = await readFile(join(import.meta.dirname, '../../../test/fixtures/models/tiny-model.tar.bz2'))
  const seen: number[] = []
  const to = await unpack(archive, 'tar.bz2', { onProgress: (bytes) => seen.push(bytes) })
  expect(await readFile(join(to, 'tokens.txt'), 'utf8')).toBe('a 0\nb 1\n')
  expect(seen.at(-1)).toBe(archive.length)
})

test.each(kinds)('%s: a path that leads out is refused, whatever it leads to', async (kind) => {
  for (const name of ['../evil', 'm/../../evil', '/etc/evil', 'm/x/../../../evil', String.raw`..\evil`, 'C:/evil']) {
    await expect(unpack(pack[kind]([...good, { name, content: 'evil' }]), kind), name).rejects.toThrow(
      /leads out|invalid|absolute/,
    )
    expect(existsSync(join(folder, 'evil')) || existsSync(join(folder, String(count), 'evil'))).toBe(false)
  }
})

test.each(['1', '2'] as const)('tar: a link (type %s) is refused', async (type) => {
  const entries = [{ name: 'm/model.onnx', type, target: '/etc/passwd' }, ...good.slice(2)]
  await expect(unpack(makeTar(entries), 'tar')).rejects.toThrow('a link or a device')
})

test('zip: a symbolic link is refused', async () => {
  await expect(unpack(makeZip([{ name: 'm/model.onnx', content: '/etc/passwd', type: '2' }]), 'zip')).rejects.toThrow(
    'a link or a device',
  )
})

test.each(kinds)('%s: a bomb is refused before it fills the disk', async (kind) => {
  const entries = [...good, { name: 'm/tokens2.txt', content: 'x'.repeat(3_000_000) }]
  await expect(unpack(pack[kind](entries), kind, { mostBytes: 1_000_000 })).rejects.toThrow(
    'far more than the model has',
  )
})

test.each(kinds)('%s: the same name twice does not overwrite', async (kind) => {
  await expect(unpack(pack[kind]([...good, { name: 'm/model.onnx', content: 'other' }]), kind)).rejects.toThrow(
    'EEXIST',
  )
})

test.each([
  ['tar', Buffer.from('<html>Not Found</html>'.repeat(100))],
  ['tar.gz', Buffer.from('<html>')],
  ['tar.bz2', Buffer.from('<html>'.repeat(500))],
  ['zip', Buffer.from('<html>'.repeat(50))],
  ['tar', Buffer.alloc(0)],
] as const)('%s: what is none is refused', async (kind, content) => {
  await expect(unpack(content, kind)).rejects.toThrow(/./)
})

test.each(kinds)('%s: a torn archive is refused', async (kind) => {
  const whole = pack[kind](good)
  await expect(unpack(whole.subarray(0, Math.floor(whole.length * 0.6)), kind)).rejects.toThrow(/./)
})

test('bz2 torn in the middle, and with a bit turned', async () => {
  const whole = await readFile(join(import.meta.dirname, '../../../test/fixtures/models/tiny-model.tar.bz2'))
  await expect(unpack(whole.subarray(0, whole.length - 40), 'tar.bz2')).rejects.toThrow(/./)
  const turned = Buffer.from(whole)
  turned[120] = (turned[120] ?? 0) ^ 0x10
  await expect(unpack(turned, 'tar.bz2')).rejects.toThrow(/./)
})

test('an abort is heeded, with its reason', async () => {
  const aborted = AbortSignal.abort(new Error('enough'))
  await expect(unpack(makeTar(good), 'tar', { signal: aborted })).rejects.toThrow('enough')
})

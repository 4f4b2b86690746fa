import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mediaFolder } from '../../test/support/make-media.ts'
import { sha256OfFile } from './sha256-of-file.ts'

async function fileOf(name: string, content: Buffer | string): Promise<string> {
  const path = join(mediaFolder(), name)
  await writeFile(path, content)
  return path
}

it('is the SHA-256 of the content', async () => {
  // FIPS 180-2, appendix B.1
  expect(await sha256OfFile(await fileOf('abc', 'abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  expect(await sha256OfFile(await fileOf('nothing', ''))).toMatch(/^e3b0c442/)
})

it('reads large files in pieces and says how far it is', async () => {
  const content = Buffer.alloc(5_500_000, 'clip')
  const fractions: number[] = []
  const hash = await sha256OfFile(await fileOf('large', content), {
    onProgress: (fraction) => fractions.push(fraction),
  })
  expect(hash).toBe(createHash('sha256').update(content).digest('hex'))
  expect(fractions.length).toBeGreaterThan(3)
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect(fractions.at(-1)).toBe(1)
})

it('stops when cancelled', async () => {
  const cancel = new AbortController()
  const path = await fileOf('cancelled', Buffer.alloc(5_000_000))
  const onProgress = () => cancel.abort(new Error('enough'))
  await expect(sha256OfFile(path, { signal: cancel.signal, onProgress })).rejects.toThrow('enough')
  await expect(sha256OfFile(path, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
})

it('fails where there is no file', async () => {
  await expect(sha256OfFile('/nowhere')).rejects.toMatchObject({ code: 'ENOENT' })
})

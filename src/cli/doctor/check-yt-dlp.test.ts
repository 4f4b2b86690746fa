import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkYtDlp } from './check-yt-dlp.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-yt-dlp-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function program(text: string): Promise<string> {
  const path = join(folder, `yt-dlp-${crypto.randomUUID()}`)
  await writeFile(path, `#!/bin/sh\n${text}\n`)
  await chmod(path, 0o755)
  return path
}

const now = new Date('2026-03-01T00:00:00Z')

it.each([
  ['echo 2026.02.21', 'ok', '2026.02.21'],
  ['echo 2023.03.04', 'warn', '2023.03.04'],
  ['echo 2026.02.21.123456', 'ok', '2026.02.21.123456'],
  ['echo hello', 'fail', 'does not run as yt-dlp'],
  ['exit 3', 'fail', 'does not run as yt-dlp'],
])('%s is %s', async (text, status, part) => {
  expect(await checkYtDlp(await program(text), now)).toMatchObject({ status, found: expect.stringContaining(part) })
})

it('that is named and not there is a mistake', async () => {
  expect(await checkYtDlp('/nowhere/yt-dlp', now)).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('YTDLP_PATH'),
  })
})

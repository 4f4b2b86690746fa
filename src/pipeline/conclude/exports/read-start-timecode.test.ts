import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { readStartTimecode } from './read-start-timecode.ts'

const run = promisify(execFile)
const tools = await findMediaTools({})

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'timecode-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function film(name: string, ...options: string[]): Promise<string> {
  const path = join(folder, name)
  const source = 'color=c=gray:s=64x36:r=30000/1001:d=0.2'
  await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...options, '-y', path])
  return path
}

test('a camera’s timecode track is read, in its kind; a file without one has none', async () => {
  expect(await readStartTimecode(await film('df.mov', '-timecode', '10:00:00;02'), { tools })).toBe('10:00:00;02')
  expect(await readStartTimecode(await film('ndf.mp4', '-timecode', '01:00:00:00'), { tools })).toBe('01:00:00:00')
  expect(await readStartTimecode(await film('none.mp4'), { tools })).toBeNull()
})

test('what is no media has none, an end is heeded', async () => {
  const path = join(folder, 'text.mp4')
  await writeFile(path, 'timecode=01:00:00:00')
  expect(await readStartTimecode(path, { tools })).toBeNull()
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(readStartTimecode(path, { tools, signal })).rejects.toThrow('enough')
})

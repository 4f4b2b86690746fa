// Run after a change of src/network/; about a minute on two cores (--rounds 5). Needs curl.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { sha256OfFile } from '../src/media/sha256-of-file.ts'
import { downloadFile } from '../src/network/download-file.ts'
import { createNetworkGuard } from '../src/network/network-guard.ts'
import { openWebClient } from '../src/network/web-client.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { median } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'

const options = benchOptions({ rounds: 5 })
await using folder = await benchFolder('download', options.keep)
const megabytes = options.tiny ? 50 : 400
const file = join(folder.scratch, 'recording.bin')
await fill(file, megabytes)

console.log(await describeMachine())
const server = spawn(process.execPath, [fileURLToPath(new URL('support/serve-file.ts', import.meta.url)), file], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [port] = (await once(server.stdout, 'data')) as [Buffer]
const origin = `http://127.0.0.1:${port.toString().trim()}`
const client = openWebClient({ guard: createNetworkGuard({ allowed: ['127.0.0.1'] }) })

await waitForQuiet(options.wait)
try {
  await compare(`${megabytes} MB over a line of 50 MB/s (target: ours ÷ curl ≤ 1.2)`, '/line')
  await compare(`${megabytes} MB as fast as this machine goes`, '/fast')
} finally {
  server.kill()
  await client.close()
}

/** Both in turn, so that whatever else the machine does meets both. Ours hashes what it writes; for curl that is extra work. */
async function compare(what: string, path: string): Promise<void> {
  const [ours, curls, hashes]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < options.rounds; round++) {
    const [mine, theirs] = [join(folder.scratch, 'ours'), join(folder.scratch, 'curls')]
    curls.push(await time(() => execa('curl', ['--silent', '--fail', '--output', theirs, `${origin}${path}`])))
    hashes.push(await time(() => sha256OfFile(theirs)))
    ours.push(await time(() => download(`${origin}${path}`, mine)))
    await Promise.all([rm(mine, { force: true }), rm(theirs, { force: true })])
  }
  const say = (values: number[]) =>
    `${median(values).toFixed(2)} s (${values.map((each) => each.toFixed(2)).join(', ')})`
  console.log(`${what}:`)
  console.log(`  ours, with its SHA-256: ${say(ours)}`)
  console.log(`  curl: ${say(curls)}; hashing its file: ${say(hashes)}`)
  console.log(`  ours ÷ curl: ${(median(ours) / median(curls)).toFixed(2)}`)
  const both = curls.map((seconds, index) => seconds + (hashes[index] ?? 0))
  console.log(`  ours ÷ (curl + hashing): ${(median(ours) / median(both)).toFixed(2)}`)
}

async function download(url: string, to: string): Promise<void> {
  await downloadFile({ url, to, client, signal: new AbortController().signal })
}

async function time(work: () => PromiseLike<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

async function fill(path: string, size: number): Promise<void> {
  await using handle = await open(path, 'w')
  const block = Buffer.alloc(1_000_000)
  for (let index = 0; index < size; index++) {
    block.fill(index % 251)
    await handle.write(block)
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'

export interface ServedLibrary extends AsyncDisposable {
  origin: string
  /** From spawn to the first answer of /health/ready, seconds. */
  secondsToReady: number
  /** Seconds of a core that each has used since it was started. */
  cpu(): { server: number; database: number }
  /** p99 of the event loop's delay since it was asked the last time, seconds. */
  loopDelay(): Promise<number>
}

const entry = join(import.meta.dirname, '..', '..', 'src', 'entry', 'cli.ts')
const patienceMs = 60_000

/** `clipwright serve` on a data folder, as a person would start it, but without limits on how often it may be asked. */
export async function serveLibrary(folder: string): Promise<ServedLibrary> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    PORT: String(port),
    LANGUAGE_MODELS: 'off',
    RATE_LIMIT_PER_ADDRESS: '0',
    LOG_LEVEL: 'error',
  }
  const startedAt = performance.now()
  const child = spawn(process.execPath, [entry, 'serve', '--data', folder], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said = `${said}${chunk}`.slice(-4000)
  })
  while (!(await isReady(origin))) {
    if (child.exitCode !== null || performance.now() - startedAt > patienceMs)
      throw new Error(`the server did not start:\n${said}`)
    await pause(5)
  }
  const secondsToReady = (performance.now() - startedAt) / 1000
  const postmaster = Number(
    readFileSync(join(folder, 'postgresql', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0],
  )
  return {
    origin,
    secondsToReady,
    cpu: () => ({ server: cpuOfTree(child.pid ?? 0, postmaster), database: cpuOfTree(postmaster) }),
    loopDelay: async () => {
      const metrics = await (await fetch(`${origin}/metrics`, { headers: { 'accept-encoding': 'identity' } })).text()
      return Number(/^clipwright_nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(metrics)?.[1])
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

// Ticks a second of proc(5), the same on every Linux.
const ticks = 100

/** Of a process and all it has started, those that have ended too, but for one of them. Linux. */
function cpuOfTree(root: number, without?: number): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readProcess(Number(name)) : []))
  const inTree = new Set([root])
  for (let before = 0; before !== inTree.size; ) {
    before = inTree.size
    for (const { pid, parent } of all) if (inTree.has(parent) && pid !== without) inTree.add(pid)
  }
  return all.filter(({ pid }) => inTree.has(pid)).reduce((sum, { seconds }) => sum + seconds, 0)
}

function readProcess(pid: number): { pid: number; parent: number; seconds: number }[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in parentheses and may hold anything: what follows its last one is plain.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const used = fields.slice(11, 15).reduce((sum, each) => sum + each, 0)
    return [{ pid, parent: fields[1] ?? 0, seconds: used / ticks }]
  } catch {
    return []
  }
}

import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { dirname, join } from 'node:path'

/** What this process may use of its machine or container, and how busy that is. Null where the system does not tell. */
export interface Machine {
  /** Fractions where a container has a quota. */
  cores: number
  /** Tasks that run or wait to run, over the last minute, for each core of the whole machine. */
  loadPerCore: number | null
  /** Share of the last ten seconds in which something waited for a processor, 0 to 1. */
  cpuPressure: number | null
  totalMegabytes: number
  /** What could be had without anybody being swapped out; caches of files count as free. */
  freeMegabytes: number | null
  /** Share of the last ten seconds in which everything waited for memory, 0 to 1. */
  memoryPressure: number | null
}

/** Looks at the machine: a dozen small files of the kernel, a quarter of a millisecond. `root` is where they are; another folder in tests. */
export function readMachine(root = '/'): Machine {
  const read = (path: string) => readText(join(root, path))
  const groups = controlGroups(read('/proc/self/cgroup'))
  const memory = groups.map((group) => memoryOf(group, read))
  const limits = memory.map(({ limit }) => limit).filter((limit) => limit !== null)
  const frees = [systemFree(read('/proc/meminfo')), ...memory.map(({ free }) => free)].filter((free) => free !== null)
  const total = Math.min(systemTotal(read('/proc/meminfo')), process.constrainedMemory() || Infinity, ...limits)
  const quotas = groups.map((group) => quotaOf(read(join(group, 'cpu.max')))).filter((quota) => quota !== null)
  const [own = ''] = groups
  return {
    cores: Math.min(availableParallelism(), ...quotas),
    loadPerCore: process.platform === 'win32' ? null : (loadavg()[0] ?? 0) / Math.max(1, cpus().length),
    cpuPressure: pressureOf(read(join(own, 'cpu.pressure')) ?? read('/proc/pressure/cpu'), 'some'),
    totalMegabytes: Math.floor(total / 1e6),
    freeMegabytes: frees.length === 0 ? null : Math.floor(Math.min(total, ...frees) / 1e6),
    memoryPressure: pressureOf(read(join(own, 'memory.pressure')) ?? read('/proc/pressure/memory'), 'full'),
  }
}

/**
 * The folders of our control group and all above it, the innermost first: each may have limits.
 * Version 2 only (https://docs.kernel.org/admin-guide/cgroup-v2.html); of version 1 Node tells the memory limit.
 */
function controlGroups(text: string | null): string[] {
  const path = /^0::(\/.*)$/m.exec(text ?? '')?.[1]
  if (path === undefined || path.split('/').includes('..')) return []
  const groups: string[] = []
  for (let group = path; ; group = dirname(group)) {
    groups.push(join('/sys/fs/cgroup', group))
    if (group === '/') return groups
  }
}

/** Bytes. What was read from files counts as used in `memory.current`; the kernel gives it back when it is asked to. */
function memoryOf(group: string, read: (path: string) => string | null) {
  const limit = numberOf(read(join(group, 'memory.max')))
  const used = numberOf(read(join(group, 'memory.current')))
  if (limit === null || used === null) return { limit, free: null }
  const cached = numberOf(/^inactive_file (\d+)$/m.exec(read(join(group, 'memory.stat')) ?? '')?.[1] ?? null)
  return { limit, free: Math.max(0, limit - used + (cached ?? 0)) }
}

/** Bytes; only Linux tells what could be had: `free` of other systems leaves out what they would give back. */
function systemFree(meminfo: string | null): number | null {
  const found = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo ?? '')?.[1]
  return found === undefined ? null : Math.min(Number(found) * 1024, process.availableMemory() || Infinity)
}

function systemTotal(meminfo: string | null): number {
  const found = /^MemTotal:\s+(\d+) kB$/m.exec(meminfo ?? '')?.[1]
  return found === undefined ? totalmem() : Number(found) * 1024
}

/** `200000 100000` is two cores; `max 100000` is no quota. */
function quotaOf(text: string | null): number | null {
  const [quota, period] = (text ?? '').trim().split(' ').map(Number)
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : null
}

/** `avg10` of a line of a pressure file, as a share (https://docs.kernel.org/accounting/psi.html). */
function pressureOf(text: string | null, line: 'some' | 'full'): number | null {
  const percent = new RegExp(`^${line} avg10=(\\d+(?:\\.\\d+)?)`, 'm').exec(text ?? '')?.[1]
  return percent === undefined ? null : Math.round(Number(percent) * 100) / 10_000
}

function numberOf(text: string | null): number | null {
  const number = Number((text ?? '').trim() || Number.NaN)
  return Number.isFinite(number) ? number : null
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

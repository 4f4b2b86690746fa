import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { ProcessIdentity } from '../domain/process-identity.ts'

let own: ProcessIdentity | undefined

/** The identity of the process this runs in. */
export function thisProcess(): ProcessIdentity {
  own ??= { host: hostname(), bootId: bootId(), pid: process.pid, startTime: startTimeOf(process.pid) ?? 'unknown' }
  return own
}

/** The identity of a process that runs right now on this machine, or null when there is none with that pid. */
export function identify(pid: number): ProcessIdentity | null {
  const startTime = startTimeOf(pid)
  return startTime === null ? null : { host: hostname(), bootId: bootId(), pid, startTime }
}

/**
 * Whether a process has surely ended: it was on this machine, and either the machine was started anew since or no process
 * with that pid and start time is left. False for processes of other machines: only their silence can tell.
 */
export function hasEnded(identity: ProcessIdentity): boolean {
  if (identity.host !== hostname()) return false
  if (identity.bootId !== bootId()) return true
  return startTimeOf(identity.pid) !== identity.startTime
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'this-boot'
  }
}

function startTimeOf(pid: number): string | null {
  if (process.platform === 'linux') return linuxStartTime(pid)
  if (process.platform === 'win32') return isRunning(pid) ? 'running' : null
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/** Field 22 of /proc/PID/stat (proc(5)): ticks since boot. The name in field 2 may hold spaces and brackets. */
function linuxStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const state = afterName[0]
    return state === 'Z' || state === 'X' ? null : (afterName[19] ?? null)
  } catch {
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

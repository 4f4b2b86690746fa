import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A process that runs (zombies don't) and its command line. */
export interface RunningProcess {
  pid: number
  command: string
}

/** Running processes whose command line or working folder has this text in it; of Linux, read from /proc. */
export function processesWith(text: string): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const command = commandOf(name)
      const isAbout = command.includes(text) || (command !== '' && folderOf(name).includes(text))
      return isAbout ? [{ pid: Number(name), command }] : []
    })
}

/** Empty for a zombie, and for a process that is gone. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

/** Empty for processes of others, whose folder we may not see. */
function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

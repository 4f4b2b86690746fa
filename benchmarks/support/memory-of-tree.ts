import { readdirSync, readFileSync } from 'node:fs'

/** What a process and all it started have in RAM together right now, bytes (Linux); shared libraries count once for each. Null when it is gone. */
export function memoryOfTree(pid: number | undefined): number | null {
  if (pid === undefined) return null
  const processes = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readProcess(Number(name)) : []))
  if (!processes.some((process) => process.pid === pid)) return null
  const inTree = new Set([pid])
  for (let before = 0; before !== inTree.size; ) {
    before = inTree.size
    for (const process of processes) if (inTree.has(process.parent)) inTree.add(process.pid)
  }
  return processes.filter((process) => inTree.has(process.pid)).reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Pages are 4 kB on every machine this runs on. */
const page = 4096

function readProcess(pid: number): { pid: number; parent: number; bytes: number }[] {
  try {
    // The name stands in parentheses and may hold anything: what follows its last one is plain.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [{ pid, parent: Number(fields[1]), bytes: Number(fields[21]) * page }]
  } catch {
    return []
  }
}

import { resolve } from 'node:path'
import { runTool } from './run-tool.ts'

/** Absolute path of a program on the system's search path, or null. Asks the system itself, so that its rules apply. */
export async function findOnSystem(name: string, signal?: AbortSignal): Promise<string | null> {
  const output: Buffer[] = []
  const lookup =
    process.platform === 'win32'
      ? { command: 'where.exe', args: [`$PATH:${name}`] }
      : { command: '/bin/sh', args: ['-c', 'command -v "$1"', 'sh', name] }
  try {
    await runTool({ ...lookup, signal, timeoutSeconds: 10, onStdout: (chunk) => output.push(chunk) })
  } catch {
    signal?.throwIfAborted()
    return null
  }
  const first = Buffer.concat(output).toString('utf8').split(/\r?\n/)[0]?.trim()
  return first ? resolve(first) : null
}

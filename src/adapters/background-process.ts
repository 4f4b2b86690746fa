import { type ChildProcess, fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'

/**
 * Starts one of our own programs to do heavy work beside this process. It gets `task` as JSON on its command line, nothing of our environment, and
 * answers over its channel; what it writes to standard error is kept. Below our own priority, for a person's browser comes first. It does not keep this
 * process from ending, and it is not in the ledger of child processes: its channel closes when we die, and it ends with it.
 */
export function startBackgroundProcess(
  program: URL,
  task: unknown,
): { child: ChildProcess /** The end of what it wrote to standard error. */; said: () => string } {
  const child = fork(program, [JSON.stringify(task)], {
    // Pictures and sound are handed over as bytes, not as JSON.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Models live outside the heap; what is left is small.
    execArgv: ['--max-old-space-size=192'],
    env: {},
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000)
  })
  lowerPriority(child.pid)
  child.unref()
  child.channel?.unref()
  if (child.stderr && 'unref' in child.stderr && typeof child.stderr.unref === 'function') child.stderr.unref()
  return { child, said: () => said }
}

/** How a process ended, in words. */
export function howItEnded(exitCode: number | null, killedBy: string | null): string {
  return killedBy ? `it was ended by ${killedBy}` : `it ended with exit status ${exitCode ?? 'unknown'}`
}

/** The first message of the process that `isIt`. */
export function messageOf<T, It extends T>(child: ChildProcess, isIt: (message: T) => message is It): Promise<It> {
  return new Promise((resolve) => {
    const onMessage = (message: T): void => {
      if (!isIt(message)) return
      child.off('message', onMessage)
      resolve(message)
    }
    child.on('message', onMessage)
  })
}

/** `reached` rejects after so many seconds, unless it is cleared. */
export function timeLimit(seconds: number, error: () => Error): { reached: Promise<never>; clear: () => void } {
  let timer: NodeJS.Timeout | undefined
  const reached = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(error()), seconds * 1000)
  })
  reached.catch(() => undefined)
  return { reached, clear: () => clearTimeout(timer) }
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Already gone, or not permitted: priority is a courtesy.
  }
}

import { spawn } from 'node:child_process'
import { cp, mkdir } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import pLimit from 'p-limit'
import { type ClipCommands, workFolderOf } from './clip-commands.ts'
import type { RecordedCommand } from './record-tools.ts'

export interface ByHand {
  /** An empty folder; each clip gets one of its own in it, named by its rank. */
  folder: string
  reframesAtOnce: number
  cutsAtOnce: number
  /** Changes a command before it is given. */
  change?: (args: string[]) => string[]
}

/**
 * Gives recorded commands again, as a script would that knows them all beforehand: each clip's in order, its cut after its
 * reframe, so many clips at once, output thrown away. Returns the seconds it took from the first to the last.
 */
export async function replayByHand(clips: readonly ClipCommands[], by: ByHand): Promise<number> {
  for (const { rank, reframe, cut } of clips) {
    const place = join(by.folder, String(rank))
    await mkdir(place, { recursive: true })
    const inputs = [...reframe, ...cut].map((command) => command.inputs).find((folder) => folder !== null)
    if (inputs) await cp(inputs, place, { recursive: true })
  }
  const [reframing, cutting] = [pLimit(by.reframesAtOnce), pLimit(by.cutsAtOnce)]
  const startedAt = performance.now()
  await Promise.all(
    clips.map(async ({ rank, reframe, cut }) => {
      const place = join(by.folder, String(rank))
      await reframing(() => giveAll(reframe, place, by))
      await cutting(() => giveAll(cut, place, by))
    }),
  )
  return (performance.now() - startedAt) / 1000
}

async function giveAll(commands: readonly RecordedCommand[], place: string, { change }: ByHand): Promise<void> {
  for (const command of commands) {
    const work = workFolderOf(command)
    const args = work ? command.args.map((arg) => arg.replaceAll(work.path, place)) : command.args
    const cwd = work && command.cwd.startsWith(work.path) ? place : command.cwd
    await give(command.program, { args: change ? change(args) : args, cwd })
  }
}

function give(program: string, { args, cwd }: { args: string[]; cwd: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: 'ignore' })
    // As the pipeline does, or a busy machine would serve the two unequally.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve()
      else reject(new Error(`${program} ended with ${status}: ${args.join(' ')}`))
    })
  })
}

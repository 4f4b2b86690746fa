import type { LastRun } from './bench-database.ts'
import type { RecordedCommand } from './record-tools.ts'

/** What ffmpeg and ffprobe were asked for one clip, in order. */
export interface ClipCommands {
  rank: number
  reframe: RecordedCommand[]
  cut: RecordedCommand[]
}

/** Sorts out which of the recorded commands reframe and cut gave for which clip. */
export function clipCommands(commands: readonly RecordedCommand[], { steps, moments }: LastRun): ClipCommands[] {
  const ranksOfCuts = new Map(steps.filter(({ kind }) => kind === 'cut').map(({ id, subject }) => [id, subject]))
  const begun = Math.min(...steps.filter(({ kind }) => kind === 'reframe').map(({ startedAt }) => Number(startedAt)))
  const clips = new Map([...moments.keys()].map((rank) => [rank, { rank, reframe: [], cut: [] } as ClipCommands]))
  for (const command of commands.filter(({ start }) => start * 1000 >= begun)) {
    const workFolder = workFolderOf(command)
    if (workFolder) clips.get(ranksOfCuts.get(workFolder.stepId) ?? 0)?.cut.push(command)
    else {
      const clip = clips.get(rankAt(soughtTime(command), moments))
      // Of what runs outside a work folder, only the measuring of loudness is cut's.
      const step = command.args.some((arg) => arg.includes('ebur128')) ? clip?.cut : clip?.reframe
      step?.push(command)
    }
  }
  return [...clips.values()].sort((a, b) => a.rank - b.rank)
}

/** The folder in which an attempt at a step works, if the command has to do with it. */
export function workFolderOf({ cwd, args }: RecordedCommand): { path: string; stepId: string } | null {
  const found = [cwd, ...args].map((text) => /^(.*\/work\/([0-9a-f-]{36})-\d+)(?:\/|$)/.exec(text)).find(Boolean)
  return found?.[1] && found[2] ? { path: found[1], stepId: found[2] } : null
}

/** Where in the recording a command reads first. */
function soughtTime({ args }: RecordedCommand): number {
  return Number(args[args.indexOf('-ss') + 1] ?? 0)
}

/** The moment nearest to a time: reading begins at most a second before it. */
function rankAt(time: number, moments: LastRun['moments']): number {
  const distances = [...moments].map(([rank, { start, end }]) => ({
    rank,
    distance: Math.max(0, start - 1 - time, time - end),
  }))
  return distances.sort((a, b) => a.distance - b.distance)[0]?.rank ?? 0
}

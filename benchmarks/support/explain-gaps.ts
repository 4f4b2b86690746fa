import type { ClipCommands } from './clip-commands.ts'
import type { RecordedCommand } from './record-tools.ts'
import { median } from './statistics.ts'

/** Where cutting waited without a tool at work, in sentences: inside each clip by what came before, and from clip to clip. */
export function explainGaps(clips: readonly ClipCommands[]): string[] {
  const inside = new Map<string, number[]>()
  let inCuts = 0
  for (const { cut } of clips) {
    for (const [before, after] of pairs(cut)) {
      const name = `${nameOf(before)} → ${nameOf(after)}`
      inside.set(name, [...(inside.get(name) ?? []), after.start - before.end])
    }
    inCuts += (cut.at(-1)?.end ?? 0) - (cut[0]?.start ?? 0)
  }
  const all = [...inside.values()].flat().reduce((sum, each) => sum + each, 0)
  const inOrder = clips.toSorted((a, b) => (a.cut[0]?.start ?? 0) - (b.cut[0]?.start ?? 0))
  const between = pairs(inOrder).map(([a, b]) => (b.cut[0]?.start ?? 0) - (a.cut.at(-1)?.end ?? 0))
  return [
    `inside cuts no tool ran for ${all.toFixed(2)} of ${inCuts.toFixed(2)} s (${((100 * all) / inCuts).toFixed(1)} %); medians: ${[...inside].map(([name, gaps]) => `${name} ${inMs(median(gaps))}`).join(', ')}`,
    `from the last tool of one cut to the first of the next: median ${inMs(median(between))}`,
  ]
}

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.slice(1).map((item, i) => [list[i] ?? item, item])
}

function nameOf({ program, args }: RecordedCommand): string {
  if (program.endsWith('ffprobe')) return 'probe'
  if (args.includes('libx264')) return 'render'
  if (args.some((arg) => arg.endsWith('.jpg'))) return 'thumbnail'
  if (args.some((arg) => arg.endsWith('stills.gray'))) return 'stills'
  return args.includes('-vn') ? 'measure' : 'inspect'
}

function inMs(seconds: number): string {
  return `${Math.round(seconds * 1000)} ms`
}

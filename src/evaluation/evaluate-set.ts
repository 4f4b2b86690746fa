import { setImmediate as breathe } from 'node:timers/promises'
import type { RankedMode } from '../domain/moment.ts'
import { anywhere, bordersAnywhere, chapterBaselines, clipBaselines } from './baselines.ts'
import { bootstrap, type Estimate } from './bootstrap.ts'
import { addBorders, type BorderCounts, countBorders } from './border-counts.ts'
import { measureChapters } from './chapter-measures.ts'
import { type ClipTask, measureClips, type PredictedClip } from './clip-measures.ts'
import type { Label, LabelledRecording } from './labelled-recording.ts'

export type Task = ClipTask | 'chapters'
/** What a detector may see of a labelled recording. */
export type Heard = Pick<LabelledRecording, 'id' | 'duration' | 'segments'>

/** The product's own finding, in one version. */
export interface Finder {
  name: string
  clips: (recording: Heard, mode: RankedMode) => Promise<PredictedClip[]>
  answers: (recording: Heard, query: string) => Promise<PredictedClip[]>
  /** Where chapters begin, in seconds. */
  chapters: (recording: Heard) => Promise<number[]>
}

export type Measures = Record<string, Estimate>

/** How well each method does one task on one set. */
export interface TaskResult {
  set: string
  task: Task
  units: number
  recordings: number
  methods: { name: string; measures: Measures }[]
  /** How clips open and close, by version of the product's finding; for the task `clips` only. */
  borders: { name: string; counts: BorderCounts }[]
  /** The first method less each other one, paired: an interval that leaves out 0 is a difference. */
  differences: { than: string; measures: Measures }[]
}

export interface SetToEvaluate {
  name: string
  recordings: readonly LabelledRecording[]
  /** The first is the one that the others are compared with. */
  finders: readonly Finder[]
  /** Which labels count, by their kind. */
  counts?: (label: Label) => boolean
  /** Which tasks; all that the set has labels for by default. */
  tasks?: readonly Task[]
  signal?: AbortSignal
  onProgress?: (done: number, all: number, task: Task) => void
}

/** Carries out each task that a set has labels for, by every finder and every rule. */
export async function evaluateSet(set: SetToEvaluate): Promise<TaskResult[]> {
  const results: TaskResult[] = []
  for (const task of set.tasks ?? (['clips', 'query', 'chapters'] as const)) {
    const units = unitsOf(set, task)
    if (units.length > 0) results.push(await evaluateTask(set, task, units))
  }
  return results
}

/** One thing to find: the clips of a recording, the answers to a question, the chapters. */
interface Unit {
  recording: string
  methods: Record<string, () => Promise<Found>>
}

interface Found {
  values: Record<string, number>
  borders?: BorderCounts
}

async function evaluateTask(set: SetToEvaluate, task: Task, units: readonly Unit[]): Promise<TaskResult> {
  const rows: { recording: string; values: Record<string, Record<string, number>> }[] = []
  const borders = new Map<string, BorderCounts>()
  for (const [i, { recording, methods }] of units.entries()) {
    set.signal?.throwIfAborted()
    set.onProgress?.(i, units.length, task)
    const values: Record<string, Record<string, number>> = {}
    for (const [name, measure] of Object.entries(methods)) {
      // Detection never yields; a person's Ctrl-C must be heard between two of them.
      await breathe()
      const found = await measure()
      values[name] = found.values
      if (found.borders) borders.set(name, addBorders(borders.get(name), found.borders))
    }
    rows.push({ recording, values })
  }
  set.onProgress?.(units.length, units.length, task)
  const names = Object.keys(rows[0]?.values ?? {})
  const measureNames = Object.keys(rows[0]?.values[names[0] ?? ''] ?? {})
  const estimate = (value: (row: Record<string, Record<string, number>>, measure: string) => number): Measures =>
    Object.fromEntries(
      measureNames.map((measure) => [
        measure,
        bootstrap(rows.map(({ recording, values }) => ({ recording, value: value(values, measure) }))),
      ]),
    )
  const [first = '', ...others] = names
  return {
    set: set.name,
    task,
    units: units.length,
    recordings: new Set(units.map(({ recording }) => recording)).size,
    borders: [...borders].map(([name, counts]) => ({ name, counts })),
    methods: names.map((name) => ({ name, measures: estimate((row, measure) => row[name]?.[measure] ?? 0) })),
    differences: others.map((than) => ({
      than,
      measures: estimate((row, measure) => (row[first]?.[measure] ?? 0) - (row[than]?.[measure] ?? 0)),
    })),
  }
}

function unitsOf(set: SetToEvaluate, task: Task): Unit[] {
  if (task === 'chapters') return set.recordings.flatMap((recording) => chapterUnit(recording, set) ?? [])
  if (task === 'query')
    return set.recordings.flatMap((recording) =>
      recording.queries.flatMap(({ query, labels }) => clipUnit({ recording, labels, query }, set) ?? []),
    )
  return set.recordings.flatMap((recording) => clipUnit({ recording, labels: recording.labels }, set) ?? [])
}

interface ClipsWanted {
  recording: LabelledRecording
  labels: readonly Label[]
  query?: string
}

function clipUnit({ recording, labels: all, query }: ClipsWanted, { finders, counts }: SetToEvaluate): Unit | null {
  const labels = counts === undefined ? all : all.filter(counts)
  if (labels.length === 0) return null
  const { id, duration, segments, mode } = recording
  const heard = { id, duration, segments }
  const task = query === undefined ? 'clips' : 'query'
  const asked = query === undefined ? { recording: heard } : { recording: heard, query }
  const measure = (predicted: readonly PredictedClip[]) => measureClips({ predicted, labels, duration, task })
  const find = async (finder: Finder): Promise<Found> => {
    if (query !== undefined) return { values: measure(await finder.answers(heard, query)) }
    const clips = await finder.clips(heard, mode)
    return { values: measure(clips), borders: countBorders(clips, heard) }
  }
  return {
    recording: id,
    methods: {
      ...Object.fromEntries(finders.map((finder) => [finder.name, () => find(finder)])),
      ...Object.fromEntries(
        Object.entries(clipBaselines).map(([name, rule]) => [
          name,
          async () => ({ values: measure(rule(asked, task)) }),
        ]),
      ),
      chance: async () => ({ values: meanOf(draws.map((draw) => measure(anywhere(asked, task, draw)))) }),
    },
  }
}

function chapterUnit({ id, duration, segments, chapters }: LabelledRecording, { finders }: SetToEvaluate): Unit | null {
  const labels = chapters.map(({ start }) => start)
  if (labels.length < 2 || measureChapters({ predicted: [], labels, duration }) === null) return null
  const heard = { id, duration, segments }
  const measure = (predicted: readonly number[]) => ({ ...measureChapters({ predicted, labels, duration }) })
  return {
    recording: id,
    methods: {
      ...Object.fromEntries(
        finders.map((finder) => [finder.name, async () => ({ values: measure(await finder.chapters(heard)) })]),
      ),
      ...Object.fromEntries(
        Object.entries(chapterBaselines).map(([name, rule]) => [
          name,
          async () => ({ values: measure(rule({ recording: heard })) }),
        ]),
      ),
      chance: async () => ({
        values: meanOf(draws.map((draw) => measure(bordersAnywhere({ recording: heard }, draw)))),
      }),
    },
  }
}

const draws = Array.from({ length: 50 }, (_, draw) => draw)

function meanOf(rows: readonly Record<string, number>[]): Record<string, number> {
  const names = Object.keys(rows[0] ?? {})
  return Object.fromEntries(
    names.map((name) => [name, rows.reduce((sum, row) => sum + (row[name] ?? 0), 0) / rows.length]),
  )
}

/** The files of a model by their part in it, absolute paths. */
export type ModelFiles = Readonly<Record<string, string>>

export type RecognizerKind = 'nemo-transducer' | 'whisper' | 'moonshine' | 'moonshine-v2'

/** What a process is started for: one task, one model. */
export type SherpaTask =
  | { task: 'hear'; kind: RecognizerKind; files: ModelFiles; threads: number }
  | { task: 'speakers'; files: ModelFiles; threads: number }
  | { task: 'punctuate'; files: ModelFiles; threads: number }

/** From us to the process; it answers one after the other. */
export type SherpaQuestion = { id: number } & (
  | { ask: 'hear'; path: string; language: string | null }
  | { ask: 'speakers'; path: string }
  | { ask: 'punctuate'; texts: string[] }
)

/** From the process to us. `value` is what the task gives: it is parsed by whoever asked. */
export type SherpaAnswer =
  | { kind: 'ready' }
  | { kind: 'unusable'; reason: string }
  | { kind: 'answer'; id: number; value: unknown; memoryBytes: number }
  | { kind: 'failed'; id: number; reason: string }

/** A loaded model: answers one question. */
export type SherpaWorker = (question: SherpaQuestion) => Promise<unknown>

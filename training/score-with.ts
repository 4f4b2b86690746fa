import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

interface ScoreInput {
  /** Folder that holds `dev/*.jsonl` and `score.mjs`. */
  data: string
  set: string
  task: 'clips' | 'query' | 'chapters'
  predictions: readonly object[]
  /** What the predictions are compared with, as the scorer names it. */
  versus: string
}

/** Has predictions judged by the data's own scorer, which is run as it is. Returns its table. */
export async function scoreWith({ data, set, task, predictions, versus }: ScoreInput): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'clipwright-training-'))
  try {
    const file = join(scratch, 'predictions.jsonl')
    await writeFile(file, predictions.map((prediction) => `${JSON.stringify(prediction)}\n`).join(''))
    const args = [
      join(data, 'score.mjs'),
      '--set',
      join(data, 'dev', `${set}.jsonl`),
      '--task',
      task,
      '--pred',
      file,
      '--vs',
      versus,
    ]
    return (await promisify(execFile)(process.execPath, args)).stdout
  } finally {
    await rm(scratch, { recursive: true })
  }
}

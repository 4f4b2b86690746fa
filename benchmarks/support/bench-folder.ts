import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface BenchFolder extends AsyncDisposable {
  /** Recordings; kept with `--keep`. */
  media: string
  /** Everything else; always removed. */
  scratch: string
}

/** Folders of one benchmark, removed when it ends. */
export async function benchFolder(name: string, keep: string | null): Promise<BenchFolder> {
  const scratch = await mkdtemp(join(tmpdir(), `clipwright-${name}-`))
  const media = keep === null ? join(scratch, 'media') : resolve(keep)
  await mkdir(media, { recursive: true })
  return {
    media,
    scratch,
    [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true, maxRetries: 5 }),
  }
}

import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessIdentity } from '../../domain/process-identity.ts'
import { takeProcessLock } from '../../observability/process-lock.ts'

const lookAgainMs = 500

/**
 * Keeps everybody else from writing to a download's folder until it is disposed, in this process and in others. The lock
 * lies beside the folder, which may be removed while it is held.
 */
export async function hold(folder: string): Promise<AsyncDisposable | { holder: ProcessIdentity }> {
  const parent = dirname(folder)
  await mkdir(parent, { recursive: true })
  return takeProcessLock(join(parent, `.${basename(folder)}.lock`))
}

/** The same, waiting until it is free. @throws the signal's reason */
export async function holdPatiently(
  folder: string,
  { signal, onWait }: { signal: AbortSignal; onWait: (holder: ProcessIdentity) => void },
): Promise<AsyncDisposable> {
  for (;;) {
    signal.throwIfAborted()
    const held = await hold(folder)
    if (!('holder' in held)) return held
    onWait(held.holder)
    await sleep(lookAgainMs, undefined, { signal }).catch(() => undefined)
  }
}

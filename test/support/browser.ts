import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Whether there is a browser to test pages in. */
export const hasBrowser = existsSync(executablePath)

/** Debian's Chromium. It may be started by root, on little shared memory, and as slowly as the machine does it. */
export function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-quic']
  return chromium.launch({ executablePath, args, timeout: 300_000 })
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

const program = `
import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { terminalLogger } from ${JSON.stringify(new URL('./terminal-logger.ts', import.meta.url).href)}

const logger = terminalLogger({ LOG_LEVEL: 'warn', LOG_FORMAT: process.argv[1] })
await once(process.stdin, 'data')
for (let i = 0; i < 20; i += 1) {
  logger.warn('a query was slow')
  await turn()
}
process.stdout.write('alive')
process.exit()
`

it.each(['lines', 'json'])('%s that nobody reads any more end nothing', async (format) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, format])
  const said = text(child.stdout)
  child.stderr.destroy()
  await once(child.stderr, 'close')
  child.stdin.on('error', () => undefined).write('go')
  expect(await said).toBe('alive')
})

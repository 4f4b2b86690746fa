import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { exitCodes } from '../cli/terminal/exit-codes.ts'

const program = fileURLToPath(new URL('./clipwright.js', import.meta.url))

test('an old Node.js says that it is one, and how to get another', async () => {
  const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })"
  const asOlder = ['--import', `data:text/javascript,${encodeURIComponent(older)}`]
  const { exitCode, stderr } = await execa(process.execPath, [...asOlder, program, '--version'], { reject: false })
  expect(exitCode).toBe(exitCodes.environment)
  expect(stderr).toMatch(/^✗ This is Node\.js 20\.20\.2, and Clipwright needs 24\. \[NODE_TOO_OLD\]\n {2}→ /)
})

test('on this one it is the command line', async () => {
  const { stdout } = await execa(process.execPath, [program, '--version'])
  expect(stdout).toMatch(/^\d+\.\d+\.\d+$/)
})

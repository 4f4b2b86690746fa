import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runCommandLine } from './command-line.ts'

let stdout = ''
let stderr = ''
beforeEach(() => {
  stdout = ''
  stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true))
})
afterEach(() => vi.restoreAllMocks())

const run = (...args: string[]) => runCommandLine(['node', 'clipwright', ...args])

test.each([
  [['clip', 'talk.mp4', '--mod', 'viral'], "Unknown option '--mod'. Did you mean --mode?"],
  [['clip', 'talk.mp4', '--count'], "Option '--count <number>' argument missing."],
  [['clip', '--json'], 'The name of the recording is missing.'],
  [['clip', 'My', 'Talk.mp4'], 'A name with blanks in it needs quotes around it.'],
  [['clop', 'talk.mp4'], "Unknown command 'clop'. Did you mean clip?"],
])('%j is wrong usage, in a sentence', async (args, sentence) => {
  expect(await run(...args)).toBe(2)
  expect(stdout + stderr).toContain(sentence)
  expect(stdout + stderr).toContain('WRONG_USAGE')
})

test.each([
  [['clip', 'talk.mp4', '--mod', 'viral'], 'clip --help'],
  [['edit'], 'edit --help'],
  [['jobs', 'retry', '--al'], 'jobs retry --help'],
  [['feedback', 'give', 'talk-clips/1.mp4'], 'feedback give --help'],
  [['status'], 'clipwright --help'],
])('%j is told which help would have told', async (args, help) => {
  expect(await run(...args)).toBe(2)
  expect(stderr).toContain(`${help}\` lists what can be given.`)
})

test('a slip in a second word is told as such', async () => {
  expect(await run('jobs', 'shwo')).toBe(2)
  expect(stderr).toContain("Unknown command 'jobs shwo'; there are list, workers, show, dead, cancel,")
})

test('wrong usage is JSON where JSON was asked for', async () => {
  expect(await run('clip', 'talk.mp4', '--mod', 'viral', '--json')).toBe(2)
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: 'WRONG_USAGE',
      message: "Unknown option '--mod'. Did you mean --mode?",
      hint: expect.stringContaining('--help'),
      evidence: null,
    },
  })
  expect(stderr).toBe('')
})

test('help and version are no errors', async () => {
  expect(await run('--version')).toBe(0)
  expect(await run('clip', '--help')).toBe(0)
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n/)
  expect(stdout).toContain('what to look for: viral, highlights, summary')
  expect(stderr).toBe('')
})

test('no command at all shows what there is', async () => {
  expect(await run()).toBe(2)
  expect(stderr).toContain('Commands:')
})

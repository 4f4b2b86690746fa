import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readClipOptions } from './clip-options.ts'

/** As the command line gives them when nothing is said. */
const usual = { mode: 'highlights', count: '8', aspect: '9:16', captions: 'pop' }
const read = (changes: object = {}, file = 'talk.mp4') => readClipOptions(file, { ...usual, ...changes })
const problemsOf = (changes: object, file?: string) =>
  read(changes, file).then(
    () => expect.fail('it should have been refused'),
    (error: Error) => error.message,
  )

test('what is not said has its usual value, and paths are whole', async () => {
  const { run, data, json } = await read({ transcript: 'talk.srt' })
  expect(run).toEqual({
    path: resolve('talk.mp4'),
    title: 'talk',
    transcriptPath: resolve('talk.srt'),
    mode: 'highlights',
    count: 8,
    minSeconds: 15,
    maxSeconds: 60,
    aspect: '9:16',
    captions: 'pop',
    out: resolve('talk-clips'),
  })
  expect({ data, json }).toEqual({ data: undefined, json: false })
})

test('a link to a recording is the same recording under its own title', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-options-'))
  await writeFile(join(folder, 'take-7.mp4'), 'x')
  await symlink(join(folder, 'take-7.mp4'), join(folder, 'Episode 41.mp4'))
  const { run } = await read({}, join(folder, 'Episode 41.mp4'))
  expect(run).toMatchObject({ path: await realpath(join(folder, 'take-7.mp4')), title: 'Episode 41' })
  await rm(folder, { recursive: true })
})

test('every problem is named at once', async () => {
  const message = await problemsOf({
    mode: 'best',
    count: '2.5',
    min: 'ten',
    max: '9999',
    aspect: '1:3',
    captions: 'x',
  })
  expect(message).toBe(
    '--mode must be one of viral, highlights, summary, query, chapters. --count must be a whole number. --min must be a number. ' +
      '--max must be at most 600. --aspect must be one of 9:16, 1:1, 4:5, 16:9. --captions must be one of pop, karaoke, box, underline, lower-third, big, speakers, podcast, none.',
  )
})

test.each([
  ['0', '--count must be at least 1.'],
  ['', '--count must be at least 1.'],
  ['-3', '--count must be at least 1.'],
  ['101', '--count must be at most 100.'],
  ['many', '--count must be a number.'],
  ['Infinity', '--count must be a number.'],
  ['NaN', '--count must be a number.'],
])('--count %j: %s', async (count, problem) => {
  expect(await problemsOf({ count })).toBe(problem)
})

test('a shortest clip longer than the longest', async () => {
  expect(await problemsOf({ min: '30', max: '20' })).toBe('--min must not be greater than --max.')
})

test.each([
  [{}, 15, 60],
  [{ min: '20' }, 20, 60],
  [{ min: '50' }, 50, 100],
  [{ max: '20' }, 10, 20],
  [{ platform: 'tiktok' }, 10, 35],
  [{ platform: 'shorts' }, 12, 60],
  [{ platform: 'reels', max: '30' }, 12, 30],
  [{ platform: 'x', min: '80' }, 80, 140],
  [{ platform: 'linkedin', min: '20', max: '40' }, 20, 40],
])('lengths of %j', async (lengths, minSeconds, maxSeconds) => {
  const asked = await read(lengths)
  expect(asked.run).toMatchObject({ minSeconds, maxSeconds })
  expect(asked.run.platform).toBe('platform' in lengths ? lengths.platform : undefined)
})

test('a platform nobody knows, and one whose limit is passed', async () => {
  expect(await problemsOf({ platform: 'vine' })).toBe('--platform must be one of tiktok, reels, shorts, x, linkedin.')
  expect(await problemsOf({ platform: 'x', max: '200' })).toBe('--max must be at most 140 for --platform x.')
  expect(await problemsOf({ platform: 'shorts', min: '190' })).toBe('--min must be at most 180 for --platform shorts.')
})

test.each(['file:///tmp/a.mp4', 'rtmp://host/live', 'ftp://example.com/a.mp4'])('is not fetched: %s', async (link) => {
  const kind = link.slice(0, link.indexOf(':'))
  expect(await problemsOf({}, link)).toContain(`The recording is a link of the kind "${kind}"`)
  expect(await problemsOf({ transcript: link })).toContain(`The transcript is a link of the kind "${kind}"`)
})

test('links that make no sense', async () => {
  expect(await problemsOf({ transcript: 'https://[' }, 'http://')).toBe(
    'The link of the recording makes no sense. The link of the transcript makes no sense.',
  )
})

test('names that only look like links are files', async () => {
  expect((await read({}, 'a:b.mp4')).run.path).toBe(resolve('a:b.mp4'))
  expect((await read({}, './https://x')).run.path).toBe(resolve('./https:/x'))
})

test('empty names', async () => {
  expect(await problemsOf({ out: '', transcript: '' }, '')).toBe(
    'The name of the recording is missing. --transcript needs the name of a file. --out needs the name of a folder.',
  )
})

test('a question alone is the mode query', async () => {
  const { mode: _, ...withoutMode } = usual
  const asked = await readClipOptions('talk.mp4', { ...withoutMode, query: '  Where is the ferry? ' })
  expect(asked.run).toMatchObject({ mode: 'query', query: 'Where is the ferry?' })
  const plain = await readClipOptions('talk.mp4', withoutMode)
  expect(plain.run.mode).toBe('highlights')
  expect(plain.run).not.toHaveProperty('query')
})

test.each([
  [{ mode: 'query' }, '--mode query needs --query TEXT: what to look for.'],
  [{ mode: 'query', query: ' \n ' }, '--query is empty: say what to look for.'],
  [{ mode: 'viral', query: 'ferry' }, '--query goes with --mode query, not with --mode viral.'],
  [{ mode: 'query', query: 'é'.repeat(10_000) }, '--query may have at most 1000 letters, and this has 10000.'],
])('%j', async (changes, problem) => {
  expect(await problemsOf(changes)).toBe(problem)
})

test('a question of emoji or in any script is taken as it is', async () => {
  for (const query of ['🎉👍🏽', '气候变化', 'نظام التعليم', '"; drop table moments; --']) {
    expect((await read({ mode: 'query', query })).run.query).toBe(query)
  }
})

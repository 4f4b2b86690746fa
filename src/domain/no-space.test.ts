import { expect, test } from 'vitest'
import { asNoSpace, NoSpace } from './no-space.ts'

/** As Node writes them: message, code, and the paths of the call. */
const nodes = {
  write: Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
  mkdir: Object.assign(new Error("EDQUOT: disk quota exceeded, mkdir '/data/work'"), {
    code: 'EDQUOT',
    path: '/data/work',
  }),
  copy: Object.assign(new Error("ENOSPC: no space left on device, copyfile '/a/clip.mp4' -> '/b/clip.mp4'"), {
    code: 'ENOSPC',
    path: '/a/clip.mp4',
    dest: '/b/clip.mp4',
  }),
}

test.each([
  ['a file being written', nodes.write, 'The disk is full.'],
  ['a folder over the quota', nodes.mkdir, 'The disk is full: there is no room left in /data.'],
  ['the side of a copy that is written', nodes.copy, 'The disk is full: there is no room left in /b.'],
])('knows a full disk by %s', (_, error, message) => {
  const named = asNoSpace(error)
  expect(named).toBeInstanceOf(NoSpace)
  expect(named).toMatchObject({ code: 'NO_SPACE', retry: 'later', message, cause: error })
})

test("knows PostgreSQL's disk_full", () => {
  const error = Object.assign(new Error('could not extend file "base/16384/2619": No space left on device'), {
    code: '53100',
  })
  expect(asNoSpace(error)).toMatchObject({ code: 'NO_SPACE', message: 'The disk is full.' })
})

test('leaves everything else as it is', () => {
  const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })
  expect(asNoSpace(denied)).toBe(denied)
  expect(asNoSpace('text')).toBe('text')
  const ours = new NoSpace()
  expect(asNoSpace(ours)).toBe(ours)
})

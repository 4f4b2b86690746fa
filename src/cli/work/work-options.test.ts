import { describe, expect, it } from 'vitest'
import { stepKinds } from '../../domain/run.ts'
import { readKind, readKinds, readWorkerOptions } from './work-options.ts'

describe('kinds of steps', () => {
  it('are read with blanks around them, each once', () => {
    expect(readKinds('cut, transcribe,cut', 'worker')).toEqual(['cut', 'transcribe'])
    expect(readKind('cut', 'jobs pause')).toBe('cut')
  })

  it.each(['', 'render', 'cut,render', 'Cut'])('are refused when there is none: %j', (text) => {
    expect(() => readKinds(text, 'worker')).toThrow(`there are ${stepKinds.join(', ')}`)
  })

  it('is one where one is wanted', () => {
    expect(() => readKind('cut,reframe', 'jobs pause')).toThrow('Name one kind of step.')
  })
})

it('a worker takes everything, as much as the machine can bear, until it is told', () => {
  expect(readWorkerOptions({})).toEqual({ kinds: undefined, atOnce: undefined, untilIdle: false, data: undefined })
  expect(readWorkerOptions({ only: 'cut', concurrency: '2', untilIdle: true, data: '/d' })).toEqual({
    kinds: ['cut'],
    atOnce: 2,
    untilIdle: true,
    data: '/d',
  })
  expect(readWorkerOptions({ concurrency: 'auto' }).atOnce).toBeUndefined()
})

it.each([
  [{ concurrency: 'many' }, 'must be a number'],
  [{ concurrency: '1.5' }, 'whole number'],
  [{ concurrency: '0' }, 'at least 1'],
  [{ concurrency: '65' }, 'at most 64'],
])('a worker is refused %j', (options, problem) => {
  expect(() => readWorkerOptions(options)).toThrow(problem)
})

import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readEvalOptions } from './eval-options.ts'

const known = ['trained', 'hand-set']
const read = (options: object = {}, data = 'dev') => readEvalOptions({ data, options, known })

test('what is not said has its usual value', () => {
  expect(read()).toEqual({
    data: resolve('dev'),
    task: undefined,
    kind: null,
    notKind: null,
    detectors: ['trained'],
    out: null,
    json: false,
  })
})

test('detectors are compared in the order given', () => {
  expect(read({ compare: 'hand-set, trained' }).detectors).toEqual(['hand-set', 'trained'])
})

test.each([
  [{ compare: 'best' }, '--compare: there is no detector "best"; there are trained, hand-set.'],
  [{ compare: 'trained,trained' }, '--compare names a detector twice.'],
  [{ task: 'clip' }, '--task must be one of clips, query, chapters.'],
  [{ out: '' }, '--out needs the name of a folder.'],
  [{ kind: '' }, '--kind needs a text.'],
])('%j: %s', (options, problem) => {
  expect(() => read(options)).toThrow(problem)
})

test('no name', () => {
  expect(() => read({}, '')).toThrow('The name of the labelled recordings is missing.')
})

import { describe, expect, it } from 'vitest'
import { readEditOptions } from './edit-options.ts'

describe('what is asked of a clip', () => {
  it('is read with its units', async () => {
    const options = {
      trimStart: '-1.5',
      trimEnd: '0.4',
      remove: ['you know', 'um#2'],
      keep: ['like'],
      replace: ['Jon=John', 'a=b=c', 'uh='],
      title: ' The night ',
      tighten: 'silences,fillers',
      tightenZoom: true,
    }
    expect(await readEditOptions(options)).toMatchObject({
      kind: 'change',
      asked: {
        trimStart: -1.5,
        trimEnd: 0.4,
        remove: ['you know', 'um#2'],
        keep: ['like'],
        replace: [
          { from: 'Jon', to: 'John' },
          { from: 'a', to: 'b=c' },
          { from: 'uh', to: '' },
        ],
        title: 'The night',
        tighten: ['fillers', 'silences'],
        zoom: 1.08,
      },
    })
  })

  it('may be stretches of the recording in any order', async () => {
    const { asked } = await readEditOptions({ ranges: '1:02-1:10.5, 0:30–0:41,5-6' })
    expect(asked.ranges).toEqual([
      { start: 62, end: 70.5 },
      { start: 30, end: 41 },
      { start: 5, end: 6 },
    ])
  })

  it.each([
    [{}, 'list'],
    [{ list: true }, 'list'],
    [{ undo: true }, 'undo'],
    [{ original: true }, 'original'],
    [{ tighten: 'none' }, 'change'],
    [{ tightenZoom: 'none' }, 'change'],
    [{ trimStart: '0' }, 'change'],
  ])('of %j is to %s', async (options, kind) => {
    expect((await readEditOptions(options)).kind).toBe(kind)
  })

  it.each([
    [{ trimStart: 'early' }, '--trim-start must be a number of seconds.'],
    [{ trimEnd: '1e9' }, '--trim-end must be at most 600.'],
    [{ ranges: '0:08-0:07' }, '"0:08-0:07" ends before it starts.'],
    [{ ranges: 'all' }, '"all" is no stretch of the recording'],
    [{ ranges: '1-2-3' }, '"1-2-3" is no stretch of the recording'],
    [{ ranges: '1-2', trimStart: '1' }, '--ranges says where the clip begins and ends'],
    [{ replace: ['=x'] }, '"=x" says nothing to replace'],
    [{ replace: ['Jon'] }, '"Jon" says nothing to replace'],
    [{ tighten: 'coughs' }, '--tighten takes fillers, repeats, silences with commas between them, not "coughs".'],
    [{ tightenZoom: '9' }, '--tighten-zoom must be a number from 1.02 to 1.5.'],
    [{ title: ' ' }, '--title is empty.'],
    [{ undo: true, title: 'x' }, '--undo stands alone.'],
    [{ undo: true, original: true }, '--undo stands alone.'],
  ])('of %j is refused', async (options, message) => {
    const refusal: unknown = await readEditOptions(options).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'WRONG_USAGE', message: expect.stringContaining(message) as string })
  })

  it('in a file that is not there is refused', async () => {
    await expect(readEditOptions({ framing: '/nowhere/framing.json' })).rejects.toMatchObject({
      code: 'FRAMING_FILE_UNUSABLE',
    })
  })
})

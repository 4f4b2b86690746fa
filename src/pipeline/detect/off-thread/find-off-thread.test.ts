import { expect, it } from 'vitest'
import { modes } from '../../../domain/moment.ts'
import { longTalk } from '../conversation-for-test.ts'
import { type FindInput, findMoments } from '../find-moments.ts'
import { handSetRanker } from '../hand-set-ranker.ts'
import { shortlistMoments } from '../language-model/shortlist-moments.ts'
import { findOffThread, shortlistOffThread } from './find-off-thread.ts'

const segments = longTalk(15)
const { signal } = new AbortController()

function input(mode: FindInput['settings']['mode']): FindInput {
  const duration = (segments.at(-1)?.end ?? 0) + 1
  const settings = {
    mode,
    query: mode === 'query' ? 'who sat on the cake' : null,
    count: 5,
    minSeconds: 12,
    maxSeconds: 60,
  }
  return { segments, duration, analysis: null, settings, ranker: handSetRanker }
}

it.each(modes)('finds the same as here (%s)', async (mode) => {
  const { result, lighter, seconds } = await findOffThread(input(mode), { signal })
  expect(result).toEqual(findMoments(input(mode)))
  expect(result.moments.length).toBeGreaterThan(0)
  expect(lighter).toBeNull()
  expect(seconds).toBeGreaterThan(0)
})

it('shortlists the same as here', async () => {
  const asked = { ...input('viral'), settings: { mode: 'viral' as const, count: 5, minSeconds: 12, maxSeconds: 60 } }
  expect((await shortlistOffThread(asked, { signal })).result).toEqual(shortlistMoments(asked))
})

it('says by its code what is wrong with what was asked', async () => {
  const detector = { rung: 'ranker' as const, name: 'nobody', version: '0' }
  const asked = findOffThread({ ...input('viral'), ranker: { ...handSetRanker, detector } }, { signal })
  await expect(asked).rejects.toMatchObject({ code: 'DETECTOR_UNKNOWN' })
})

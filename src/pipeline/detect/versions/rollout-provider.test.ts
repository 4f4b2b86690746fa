import { createHash, randomUUID } from 'node:crypto'
import { OpenFeature } from '@openfeature/server-sdk'
import { expect, test } from 'vitest'
import type { LiveRollouts, Rollout } from '../../../library/rollouts.store.ts'
import { detectorFlag, isDrawn, rolloutProvider } from './rollout-provider.ts'

const rollout = (changes: Partial<Rollout>): Rollout => ({
  id: 1,
  detector: 'new@1',
  role: 'trial',
  share: 0.1,
  since: new Date(0),
  ...changes,
})
const keys = Array.from({ length: 5000 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex'))

async function clientOf(live: Partial<LiveRollouts>, override: string | null = null) {
  const domain = randomUUID()
  const rollouts = async () => ({ current: null, trial: null, ...live })
  await OpenFeature.setProviderAndWait(domain, rolloutProvider({ rollouts, override, standard: 'old@1' }))
  return OpenFeature.getClient(domain)
}

async function given(live: Partial<LiveRollouts>, targetingKey = keys[0] ?? '', override: string | null = null) {
  const { value, reason } = await (await clientOf(live, override)).getStringDetails(detectorFlag, 'none', {
    targetingKey,
  })
  return [value, reason]
}

test('nothing decided: the standard one', async () => {
  expect(await given({})).toEqual(['old@1', 'standard'])
})

test('decided for all', async () => {
  expect(await given({ current: rollout({ role: 'current', share: 1 }) })).toEqual(['new@1', 'current'])
})

test('a setting wins over everything', async () => {
  expect(await given({ trial: rollout({ share: 1 }) }, keys[0], 'mine@3')).toEqual(['mine@3', 'setting'])
})

test('one on trial gets its share of the recordings, always the same ones', async () => {
  const client = await clientOf({ trial: rollout({}) })
  const ask = (targetingKey: string) => client.getStringValue(detectorFlag, 'none', { targetingKey })
  const first = await Promise.all(keys.map(ask))
  const drawn = first.filter((value) => value === 'new@1').length
  // Three standard deviations of 10 % of 5000.
  expect(Math.abs(drawn - 500)).toBeLessThan(64)
  expect(await Promise.all(keys.map(ask))).toEqual(first)
})

test('a greater share keeps those that had it', () => {
  const drawnAt = (share: number) => keys.filter((key) => isDrawn({ key, detector: 'new@1', share }))
  expect(drawnAt(0.5)).toEqual(expect.arrayContaining(drawnAt(0.1)))
  expect(drawnAt(1)).toEqual(keys)
})

test('another version draws other recordings', () => {
  const both = keys.filter((key) => ['a@1', 'b@1'].every((detector) => isDrawn({ key, detector, share: 0.1 })))
  expect(both.length).toBeLessThan(85)
  expect(both.length).toBeGreaterThan(20)
})

test('without a recording nothing is tried', async () => {
  const client = await clientOf({ trial: rollout({ share: 1 }) })
  expect(await client.getStringValue(detectorFlag, 'none')).toBe('old@1')
})

test('other flags are not ours', async () => {
  const client = await clientOf({})
  expect(await client.getStringDetails('colour', 'blue')).toMatchObject({ value: 'blue', errorCode: 'FLAG_NOT_FOUND' })
  expect(await client.getBooleanValue('dark', true)).toBe(true)
  expect(await client.getNumberValue('size', 3)).toBe(3)
  expect(await client.getObjectValue('box', { a: 1 })).toEqual({ a: 1 })
})

test('a rollback counts from the next recording on', async () => {
  let live: LiveRollouts = { current: null, trial: rollout({ share: 1 }) }
  const domain = randomUUID()
  await OpenFeature.setProviderAndWait(
    domain,
    rolloutProvider({ rollouts: async () => live, override: null, standard: 'old@1' }),
  )
  const ask = () => OpenFeature.getClient(domain).getStringValue(detectorFlag, 'none', { targetingKey: 'a' })
  expect(await ask()).toBe('new@1')
  live = { current: null, trial: null }
  expect(await ask()).toBe('old@1')
})

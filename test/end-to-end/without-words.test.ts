import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mediaFolder, runFfmpeg } from '../support/make-media.ts'
import { type Home, openHome, patient } from '../support/run-cli.ts'

let home: Home
let game: string
beforeAll(async () => {
  home = await openHome()
  game = join(await home.makeDesk(), 'game.mp4')
  const made = join(mediaFolder(), 'game.mp4')
  // A murmur, and a roar from 0:40 to 0:50.
  const sound = "aevalsrc='(0.04+0.5*between(t,40,50))*sin(2*PI*(300+80*sin(t))*t)':s=16000:d=90"
  const picture = 'testsrc2=s=160x90:r=10:d=90'
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound]
  await runFfmpeg([...inputs, '-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-shortest', made])
  await rename(made, game)
})
afterAll(() => home.close())

it('chooses by sound and picture where nobody speaks, when asked to', patient, async () => {
  const { status, json } = await home.clip([game, '--without-words', '--count', '1', '--min', '12', '--max', '25'])
  expect(status).toBe(0)
  const [moment] = json.moments ?? []
  expect(json.shortfall).toBeNull()
  expect(moment).toMatchObject({ detector: { rung: 'signals' }, text: '' })
  expect(moment?.clip.status).toBe('done')
  expect(moment?.start).toBeLessThanOrEqual(41)
  expect(moment?.end).toBeGreaterThanOrEqual(49)
  expect(json.transcript?.origin.kind).toBe('none')
  expect(json.transcript?.warnings).toEqual([])
})

it('is named as a way out where there are no words', patient, async () => {
  const { status, json } = await home.clip([game])
  expect(status).not.toBe(0)
  expect(json.error).toMatchObject({ code: 'TRANSCRIPT_MISSING', hint: expect.stringContaining('--without-words') })
})

import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { Command } from '../support/command.ts'
import { makeTalk, type Talk } from '../support/make-talk.ts'
import { processesWith } from '../support/processes.ts'
import { freePort } from '../support/serve-process.ts'

// A real server in a process of its own, a real recording, a real ffmpeg; asked as a program asks.

let folder: string
let talk: Talk
let server: Command
let address: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-survives-'))
  // Long enough that a clip of all of it is being rendered for a while.
  talk = await makeTalk(folder, { repeated: 8 })
  const port = await freePort()
  address = `http://127.0.0.1:${port}`
  server = new Command(['serve', '--data', join(folder, 'data')], { env: { PORT: String(port) } })
  await server.says('Clipwright runs at')
  // The recording that a new library gets would only be in the way.
  const { items } = z.object({ items: z.array(run) }).parse((await ask('/api/v1/runs')).body)
  for (const { id } of items) await ask(`/api/v1/runs/${id}/cancel`, {})
})
afterAll(async () => {
  await server?.destroy()
  for (const { pid } of processesWith(folder)) process.kill(pid, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

const run = z.object({
  id: z.string(),
  state: z.string(),
  says: z.string(),
  status: z.string(),
  steps: z.array(z.object({ kind: z.string(), state: z.string(), says: z.string() })),
})

async function ask(path: string, body?: unknown) {
  const response = await fetch(`${address}${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return { status: response.status, body: response.status === 204 ? null : await response.json() }
}
const show = async (id: string) => run.parse((await ask(`/api/v1/runs/${id}`)).body)
const patient = { timeout: 240_000, interval: 20 }

it('a cancelled run has no ffmpeg left within moments, and none of its work is lost when it is brought back', async () => {
  const asked = { path: talk.media, transcriptPath: talk.transcript, count: 1, minSeconds: 6, maxSeconds: 10 }
  const { status, body } = await ask('/api/v1/runs', { ...asked, captions: 'pop' })
  expect(status).toBe(202)
  const { id } = z.object({ id: z.string() }).parse(body)
  const encoders = () => processesWith(talk.media).filter(({ command }) => /libx264/.test(command))
  await vi.waitFor(() => expect(encoders()).toHaveLength(1), patient)
  const [encoder] = encoders()
  await vi.waitFor(async () => expect((await show(id)).says).toMatch(/^rendering.*, \d+ %/), patient)
  expect((await show(id)).state).toBe('working')

  expect((await ask(`/api/v1/runs/${id}/cancel`, {})).status).toBe(204)
  // The answer does not wait for it: whoever cancels sees at once that it is cancelled.
  expect(await show(id)).toMatchObject({ status: 'cancelled', state: 'cancelled', says: 'cancelled' })
  await vi.waitFor(() => expect(processesWith(folder).map(({ pid }) => pid)).not.toContain(encoder?.pid), patient)
  // Ended, not come to its end: there is no clip, and nothing half-written.
  await vi.waitFor(async () => expect(await filesIn(join(folder, 'data', 'work'))).toEqual([]), patient)
  expect((await filesIn(join(folder, 'data', 'renderings'))).filter((name) => name.endsWith('.mp4'))).toEqual([])
  expect(encoders()).toEqual([])

  expect((await ask(`/api/v1/runs/${id}/retry`, {})).status).toBe(204)
  await vi.waitFor(async () => expect(await show(id)).toMatchObject({ status: 'done' }), patient)
  expect((await show(id)).says).toBe('done: 1 clip')
}, 900_000)

it('one that only waits is overtaken, paused, resumed and done', async () => {
  expect((await ask('/api/v1/admin/jobs/ingest/pause', {})).status).toBe(204)
  const ids: string[] = []
  for (const maxSeconds of [40, 41, 42]) {
    const asked = { path: talk.media, transcriptPath: talk.transcript, count: 1, minSeconds: 3, maxSeconds }
    ids.push(z.object({ id: z.string() }).parse((await ask('/api/v1/runs', asked)).body).id)
  }
  for (const id of ids) expect(await show(id)).toMatchObject({ state: 'waiting', says: 'waiting: ingest is paused' })
  expect((await ask(`/api/v1/runs/${ids[2]}/front`, {})).status).toBe(204)
  await ask('/api/v1/admin/jobs/cut/pause', {})
  await ask('/api/v1/admin/jobs/ingest/resume', {})
  const last = ids[2] ?? ''
  await vi.waitFor(async () => expect((await show(last)).says).toBe('waiting: cut is paused'), patient)
  for (const id of ids) expect((await ask(`/api/v1/runs/${id}/cancel`, {})).status).toBe(204)
  await ask('/api/v1/admin/jobs/cut/resume', {})
}, 900_000)

it('ends at SIGTERM although a page is open', async () => {
  const stream = await fetch(`${address}/api/v1/events/stream`)
  expect(stream.status).toBe(200)
  server.interruptGroup('SIGTERM')
  expect(await server.ended).toMatchObject({ status: 0 })
  await stream.text().catch(() => undefined)
})

async function filesIn(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

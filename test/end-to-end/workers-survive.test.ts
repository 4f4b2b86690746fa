import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import pLimit from 'p-limit'
import { expect, it } from 'vitest'
import { seededRandom } from '../../src/domain/seeded-random.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { livingWorkers } from '../../src/pipeline/workers/worker-presence.ts'
import { Command } from '../support/command.ts'
import { composeForTest, someRunSettings } from '../support/compose-for-test.ts'
import { copiesOfRecording } from '../support/copies-of-recording.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { namesIn } from '../support/files-of.ts'
import { runFfmpeg } from '../support/make-media.ts'
import { toSrt } from '../support/make-talk.ts'
import { processesWith } from '../support/processes.ts'

// The real command, real stages, real media: three `clipwright worker` on one PostgreSQL, of which one is killed again and again, its supervising
// process and its working one, or one of the two.

const recordings = 30
const atLeastKilled = 6
/** One is killed each time so many more are done, of seven for each recording: by the clock, a slow machine would see only starting ones killed. */
const stepsBetweenKills = 14

it('thirty recordings become thirty clips, whoever is killed on the way: nothing is lost, nothing is there twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-survive-'))
  const clipwright = await composeForTest()
  const db = clipwright.database.kysely
  const env = { DATABASE_URL: databaseUrlOf(clipwright.database), CLIPWRIGHT_DATA: join(folder, 'data') }
  const hire = () => new Command(['worker'], { env })
  const workers: Command[] = []
  try {
    for (const path of await makeRecordings(folder)) await clipwright.beginRun(runOf(path))
    for (let i = 0; i < 3; i++) workers.push(hire())
    const random = seededRandom(6)
    let killed = 0
    while ((await count('runs', 'working')) > 0) {
      await sleep(100)
      if ((await count('steps', 'done')) < (killed + 1) * stepsBetweenKills) continue
      await killOne(random)
      killed++
    }
    expect(killed).toBeGreaterThanOrEqual(atLeastKilled)
    await nothingLost()
    await nothingTwice()
    await filesAreWhole()
    for (const worker of workers) worker.interruptGroup('SIGTERM')
    for (const worker of workers) expect(await worker.ended).toMatchObject({ status: 0 })
    await expect.poll(() => processesWith(folder)).toEqual([])
    expect(await namesIn(join(folder, 'data/work'))).toEqual([])
    expect(await livingWorkers(db)).toEqual([])
  } finally {
    await Promise.all(workers.map((worker) => worker.destroy()))
    for (const { pid } of processesWith(folder)) process.kill(pid, 'SIGKILL')
    await clipwright.close()
    await rm(folder, { recursive: true, force: true })
  }

  async function killOne(random: () => number): Promise<void> {
    const at = Math.floor(random() * workers.length)
    const victim = workers[at]
    const how = random()
    const { pid } = victim?.process ?? {}
    const inside = processesWith(folder).filter(({ command }) => command.includes('entry/worker.ts'))
    const one = inside[Math.floor(random() * inside.length)]
    // Only the process that works: its supervisor starts another.
    if (how < 0.34 && one !== undefined) return void process.kill(one.pid, 'SIGKILL')
    // Only the supervisor, or all of it: nobody is left to start another but we.
    if (how < 0.67 && pid !== undefined) process.kill(pid, 'SIGKILL')
    else victim?.interruptGroup('SIGKILL')
    await victim?.ended
    workers.splice(at, 1, hire())
  }

  async function count(table: 'runs' | 'steps', status: string): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table)} where status = ${status}`.execute(db)
    return rows[0]?.count ?? 0
  }

  async function nothingLost(): Promise<void> {
    const { rows: runs } = await sql`
      select status, error->>'code' as why, count(*)::int as count from runs group by status, why`.execute(db)
    expect(runs).toEqual([{ status: 'done', why: null, count: recordings }])
    const { rows: steps } = await sql`
      select kind, status, count(*)::int as count from steps group by kind, status order by kind`.execute(db)
    const kinds = ['analyze', 'conclude', 'cut', 'detect', 'ingest', 'reframe', 'transcribe']
    expect(steps).toEqual(kinds.map((kind) => ({ kind, status: 'done', count: recordings })))
  }

  async function nothingTwice(): Promise<void> {
    const { rows } = await sql`
      select (select count(*)::int from recordings) as recordings, (select count(*)::int from clips) as clips,
        (select count(*)::int from clip_versions) as versions, (select count(*)::int from renderings) as renderings,
        (select count(*)::int from (select distinct run_id, kind, subject from steps) as each) as steps`.execute(db)
    const once = { recordings, clips: recordings, versions: recordings, renderings: recordings, steps: 7 * recordings }
    expect(rows).toEqual([once])
    const files = (await namesIn(join(folder, 'data/renderings'))).filter((name) => name.endsWith('.mp4'))
    expect(files).toHaveLength(recordings)
  }

  async function filesAreWhole(): Promise<void> {
    const { ffprobe } = await findMediaTools({})
    const run = promisify(execFile)
    const inTurn = pLimit(2)
    const clips = (await namesIn(folder)).filter((name) => /^clips-\d+\/.*\.mp4$/.test(name))
    expect(clips).toHaveLength(recordings)
    const whole = clips.map((name) =>
      inTurn(async () => {
        const wanted = ['-count_packets', '-show_entries', 'stream=codec_type,nb_read_packets:format=duration']
        const args = ['-v', 'error', ...wanted, '-of', 'json', join(folder, name)]
        const { stdout, stderr } = await run(ffprobe.path, args)
        expect(stderr).toBe('')
        const { streams, format } = JSON.parse(stdout) as {
          streams: { codec_type: string; nb_read_packets: string }[]
          format: { duration: string }
        }
        expect(streams.map(({ codec_type }) => codec_type).toSorted()).toEqual(['audio', 'video'])
        for (const { nb_read_packets } of streams) expect(Number(nb_read_packets)).toBeGreaterThan(20)
        expect(Number(format.duration)).toBeGreaterThan(2)
      }),
    )
    await Promise.all(whole)
  }
}, 900_000)

/** Files of five seconds with their transcripts. */
async function makeRecordings(folder: string): Promise<string[]> {
  const media = join(folder, 'first.mp4')
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=12:d=5'],
    ...['-f', 'lavfi', '-i', "aevalsrc='0.3*sin(2*PI*440*t)*lt(mod(t,1),0.7)':s=44100:d=5"],
    ...'-pix_fmt yuv420p -c:v libx264 -preset ultrafast -g 12 -c:a aac -b:a 64k'.split(' '),
    media,
  ])
  return copiesOfRecording({ media, transcript: words, count: recordings, folder })
}

const words = toSrt([
  [0.3, 2.4, 'Nine podcasts out of ten stop early.'],
  [2.5, 4.7, 'Plan ten episodes before the first!'],
])

function runOf(path: string) {
  const clips = path.replace(/talk-(\d+)\.mp4$/, 'clips-$1')
  const small = { count: 1, minSeconds: 3, maxSeconds: 5, aspect: '16:9' as const, captions: 'none' as const }
  return someRunSettings({ path, out: clips, draft: true, ...small })
}

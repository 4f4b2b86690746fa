// Run it by hand on a quiet machine: `node benchmarks/audiogram.ts [SECONDS]`. What each look of an audiogram costs, against the still card.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { audiogramLooks } from '../src/domain/clip.ts'
import { createMedia } from '../src/media/create-media.ts'
import { findMediaTools } from '../src/media/find-media-tools.ts'
import { renderClip } from '../src/pipeline/cut/render-clip.ts'

const seconds = Number(parseArgs({ allowPositionals: true }).positionals[0] ?? 20)
const rounds = 3
const demo = join(import.meta.dirname, '../examples/night-bakery.mp4')
const media = createMedia({ tools: await findMediaTools({}) })
const folder = await mkdtemp(join(tmpdir(), 'audiogram-'))
const words = Array.from({ length: seconds * 2 }, (_, i) => {
  return { text: `word${i}`, start: 28 + i / 2, end: 28.4 + i / 2, confidence: null, timing: 'exact' as const }
})
const halves = [words.slice(0, seconds), words.slice(seconds)]
const segments = halves.map((its, ordinal) => {
  const speaker = ['Nora', 'Felix'][ordinal] ?? ''
  return { ordinal, start: its[0]?.start ?? 0, end: its.at(-1)?.end ?? 0, text: '', speaker, words: its }
})

/** Seconds to make one clip, checks and thumbnail included. */
async function make(path: string, audiogram: (typeof audiogramLooks)[number]): Promise<number> {
  const begin = performance.now()
  await renderClip({
    media,
    source: { path, info: await media.probe(path) },
    edit: { ranges: [{ start: 28, end: 28 + seconds }] },
    framing: { aspect: '9:16', scenes: [{ start: 0, end: 400, kind: 'card', crop: null, reason: '' }] },
    segments,
    style: { aspect: '9:16', captions: 'pop', audiogram },
    threads: 2,
    workFolder: join(folder, 'work'),
    output: join(folder, `${audiogram}.mp4`),
    title: 'Up Before the Birds',
  })
  return (performance.now() - begin) / 1000
}

try {
  const sound = join(folder, 'sound.m4a')
  await media.ffmpeg({ args: ['-i', demo, '-vn', '-c:a', 'copy', '-y', sound] })
  const best = new Map(audiogramLooks.map((look) => [look, Infinity]))
  for (let round = 0; round < rounds; round++) {
    for (const look of audiogramLooks) best.set(look, Math.min(best.get(look) ?? Infinity, await make(sound, look)))
  }
  const still = best.get('still') ?? Number.NaN
  for (const [look, wall] of best) {
    const parts = [
      `${wall.toFixed(2)} s`,
      `${(seconds / wall).toFixed(2)} × real time`,
      `${(wall / still).toFixed(2)} of still`,
    ]
    process.stdout.write(`${look.padEnd(9)} ${parts.join(', ')}\n`)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

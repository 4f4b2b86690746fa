// Run after a change of the filter graph, the encoder's settings, drafts or the fast path; about 5 minutes on two cores (--rounds 3).

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { loadSettings } from '../src/config/load-settings.ts'
import type { Framing } from '../src/domain/clip.ts'
import { createMedia } from '../src/media/create-media.ts'
import { findMediaTools } from '../src/media/find-media-tools.ts'
import { type RenderRequest, renderClip } from '../src/pipeline/cut/render-clip.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { largePicture, makeRecording } from './support/make-recording.ts'
import { median } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'

const options = benchOptions({ rounds: 3 })
await using folder = await benchFolder('clip-speed', options.keep)
const seconds = options.tiny ? 8 : 30

console.log(await describeMachine())
// Tiny is the clip, not the picture: a small one would not be copied.
const path = await makeRecording({ folder: folder.media, ...largePicture, seconds: 120 })
const media = createMedia({ tools: await findMediaTools(loadSettings()) })
const info = await media.probe(path)

const scene = { start: 0, end: 120, reason: '' }
const close: Framing = {
  aspect: '9:16',
  scenes: [{ ...scene, kind: 'crop', crop: { x: 656, y: 0, width: 608, height: 1080 } }],
}
const fitted: Framing = { aspect: '9:16', scenes: [{ ...scene, kind: 'blurred-fit', crop: null }] }
const wide: Framing = { aspect: '16:9', scenes: [{ ...scene, kind: 'blurred-fit', crop: null }] }
const tall = { aspect: '9:16', captions: 'pop' } as const
const bare = { aspect: '16:9', captions: 'none' } as const
const words = Array.from({ length: 300 }, (_, i) => ({
  ...{ text: ['What', 'people', 'say', 'when', 'they', 'talk'][i % 6] ?? '', start: 0.4 * i, end: 0.4 * i + 0.35 },
  ...{ confidence: null, timing: 'exact' as const },
}))
const segments = [{ ordinal: 0, start: 0, end: 120, text: '', speaker: null, words }]

type Way = Pick<RenderRequest, 'framing' | 'style'> & Partial<RenderRequest>
const ways: Record<string, Way> = {
  'final, crop': { framing: close, style: tall },
  'draft, crop': { framing: close, style: tall, draft: true },
  'final, blurred fit': { framing: fitted, style: tall },
  'draft, blurred fit': { framing: fitted, style: tall, draft: true },
  'wide, made anew': { framing: wide, style: bare, fastPath: false },
  'wide, fast path': { framing: wide, style: bare },
}

await waitForQuiet(options.wait)
const took = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]))
for (let round = 1; round <= options.rounds; round++) {
  for (const [name, way] of Object.entries(ways)) {
    const wall = await renderOnce(way)
    took.get(name)?.push(wall)
    console.log(`round ${round}, ${name}: ${wall.toFixed(2)} s, ${(seconds / wall).toFixed(2)} × real time`)
  }
}
const middle = (name: string) => median(took.get(name) ?? [])
for (const name of Object.keys(ways)) {
  console.log(`median, ${name}: ${middle(name).toFixed(2)} s, ${(seconds / middle(name)).toFixed(2)} × real time`)
}
for (const kind of ['crop', 'blurred fit']) {
  const ratio = middle(`draft, ${kind}`) / middle(`final, ${kind}`)
  console.log(`draft ÷ final, ${kind}: ${ratio.toFixed(2)} (target: a draft at ≥ 2 × real time)`)
}
console.log(`fast path ÷ made anew: ${(middle('wide, fast path') / middle('wide, made anew')).toFixed(2)}`)

/** One clip with everything that belongs to it: measuring, rendering, gate and thumbnail. Seconds. */
async function renderOnce(way: Way): Promise<number> {
  const [workFolder, output] = [join(folder.scratch, 'work'), join(folder.scratch, 'out', 'clip.mp4')]
  const begun = performance.now()
  const clip = await renderClip({
    ...{ media, source: { path, info }, edit: { ranges: [{ start: 31.3, end: 31.3 + seconds }] }, segments },
    ...{ threads: 2, workFolder, output, title: 'A talk', ...way },
  })
  const wall = (performance.now() - begun) / 1000
  const isCopied = way.style === bare && way.fastPath !== false
  if (isCopied !== (clip.fastPath?.used ?? false)) throw new Error(clip.fastPath?.detail ?? 'It was not copied.')
  await rm(join(folder.scratch, 'out'), { recursive: true, force: true })
  return wall
}

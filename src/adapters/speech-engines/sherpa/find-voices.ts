import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { roundToMs } from '../../../domain/time-range.ts'
import type { InstalledModel } from '../../../models/installed-models.ts'
import type { SpeakerTurn } from '../../../pipeline/transcribe/cues/assign-speakers.ts'
import { cutWindow } from '../../../pipeline/transcribe/windows/cut-window.ts'
import type { RefineAbout } from '../../transcribers/listening.ts'
import { linkVoices, type PieceVoices } from './link-voices.ts'
import { SpeechModelUnusable } from './sherpa-errors.ts'
import { SherpaProcess } from './sherpa-process-client.ts'

interface VoicesRequest extends RefineAbout {
  model: InstalledModel
  /** The program to start; another one in tests. */
  program?: URL
}

const answer = z.object({
  segments: z.array(z.object({ start: z.number(), end: z.number(), speaker: z.number().int() })),
  voices: z.array(z.object({ speaker: z.number().int(), voice: z.array(z.number()) })),
})

/** A piece is held in memory as a whole, at 64 kB a second; voices are known again in the next one. Seconds. */
const pieceSeconds = 300
const mostMemory = 2e9
/** Where telling voices apart begins and ends in the progress of a hearing. */
const [begun, done] = [0.95, 0.97]

/**
 * Who speaks when, by the voices. In pieces, so that memory stays flat; the same people are found again over all of them.
 * @throws SpeechModelUnusable | SpeechEngineFailed | SherpaProcessBroken, the failures of ffmpeg, the signal's reason
 */
export async function findVoices({
  model,
  path,
  info,
  media,
  signal,
  onProgress,
  program,
}: VoicesRequest): Promise<SpeakerTurn[]> {
  const threads = Math.min(4, availableParallelism())
  const unusable = (reason: string) => new SpeechModelUnusable({ model: model.entry.name, reason })
  const process = new SherpaProcess({
    task: { task: 'speakers', files: model.files, threads },
    mostMemory,
    unusable,
    ...(program && { program }),
  })
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-voices-'))
  try {
    const pieces: PieceVoices[] = []
    for (let start = 0; start < info.duration; start += pieceSeconds) {
      const end = roundToMs(Math.min(info.duration, start + pieceSeconds))
      if (end - start < 0.5) break
      const share = begun + (start / info.duration) * (done - begun)
      onProgress?.({ fraction: share, message: 'telling speakers apart' })
      const form = { format: 'wav', longest: pieceSeconds } as const
      const sound = await cutWindow({
        media: media.withSignal(signal),
        path,
        info,
        window: { start, end },
        form,
        folder,
      })
      const options = { signal, seconds: 120 + 4 * (end - start) }
      pieces.push({ start, ...answer.parse(await process.ask({ ask: 'speakers', path: sound.path }, options)) })
      await rm(sound.path, { force: true })
    }
    return linkVoices(pieces)
  } finally {
    process.end()
    await rm(folder, { recursive: true, force: true })
  }
}

import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { loadSettings } from '../../src/config/load-settings.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'

/** One line that says on what the numbers were made. */
export async function describeMachine(): Promise<string> {
  const { ffmpeg } = await findMediaTools(loadSettings())
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return [
    new Date().toISOString().slice(0, 16).replace('T', ' '),
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${gigabytes} GB`,
    `${process.platform} ${release()}`,
    `Node ${process.versions.node}`,
    `ffmpeg ${ffmpeg.version}`,
  ].join(' · ')
}

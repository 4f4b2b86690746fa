import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Options of a command in which a person has decided where the camera looks, for a recording of so many seconds. Looking for faces is a
 * model's time and no ffmpeg's: what it costs is measured apart (reframe-quality.ts).
 */
export async function framedByHand(folder: string, seconds: number): Promise<string[]> {
  const path = join(folder, 'framing.json')
  const scene = { start: 0, end: seconds + 60, look: 'at', x: 0.5 }
  await writeFile(path, JSON.stringify({ schema: 'clipwright.framing/1', scenes: [scene] }))
  return ['--framing', path]
}

import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Copying {
  /** An mp4. */
  media: string
  /** Text of the transcript that lies beside each. */
  transcript: string
  count: number
  folder: string
}

/** So many files that look the same and are different recordings to us: a few bytes at the end tell each from the others. `talk-1.mp4` and on. */
export async function copiesOfRecording({ media, transcript, count, folder }: Copying): Promise<string[]> {
  const paths: string[] = []
  for (let i = 1; i <= count; i++) {
    const path = join(folder, `talk-${i}.mp4`)
    await copyFile(media, path)
    // An mp4 box that players skip (ISO/IEC 14496-12, 8.1.2): size, type, content.
    const box = Buffer.from(`0000free${String(i).padStart(4, '0')}`)
    box.writeUInt32BE(box.length)
    await writeFile(path, box, { flag: 'a' })
    await writeFile(join(folder, `talk-${i}.srt`), transcript)
    paths.push(path)
  }
  return paths
}

import type { Media } from '../../../media/create-media.ts'

const known = new Map<string, boolean>()

/**
 * Whether this ffmpeg's libass shapes letters with HarfBuzz; it says so when it opens a script. `folder` and `script` are
 * any script there is. Asked once for each build.
 */
export async function canShape(media: Media, { folder, script }: { folder: string; script: string }): Promise<boolean> {
  const { fingerprint } = media.tools
  const answer = known.get(fingerprint) ?? (await ask(media, { folder, script }))
  known.set(fingerprint, answer)
  return answer
}

async function ask(media: Media, { folder, script }: { folder: string; script: string }): Promise<boolean> {
  let shapes = false
  await media.ffmpegLines({
    args: [
      ['-f', 'lavfi', '-i', 'color=c=black:s=32x32:d=0.04', '-vf', `ass=${script}`],
      ['-frames:v', '1', '-f', 'null', '-'],
    ].flat(),
    cwd: folder,
    onLine: (line) => {
      shapes ||= /harfbuzz/i.test(line)
    },
  })
  return shapes
}

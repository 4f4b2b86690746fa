import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findMediaTools } from '../../src/media/find-media-tools.ts'

interface Wrapping {
  /** Where the program is written. */
  folder: string
  /** Which runs are meddled with, as a pattern of sh against all arguments. */
  when: string
  /**
   * Lines of sh for those runs. `real "$@"` runs ffmpeg to its end, `begin "$@"` until it has written something of its
   * file, with its process id in `$child`. What follows is not run when they exit.
   */
  instead: string
}

/** Runs that write the picture of a clip. */
export const rendering = '*libx264*'
/** Runs that listen to all of a recording. */
export const listening = '*silencedetect*ebur128*'

/**
 * An ffmpeg that is the real one but for what a test wants to go wrong.
 * @returns the settings that make a command use it
 */
export async function wrapFfmpeg({
  folder,
  when,
  instead,
}: Wrapping): Promise<{ FFMPEG_PATH: string; FFPROBE_PATH: string }> {
  const { ffmpeg, ffprobe } = await findMediaTools({})
  const path = join(folder, 'ffmpeg')
  await writeFile(
    path,
    `#!/bin/sh
real() { '${ffmpeg.path}' "$@"; }
begin() {
  for last; do :; done
  '${ffmpeg.path}' "$@" & child=$!
  until [ -s "$last" ]; do sleep 0.02; done
}
case "$*" in ${when})
${instead}
;; esac
exec '${ffmpeg.path}' "$@"
`,
  )
  await chmod(path, 0o755)
  return { FFMPEG_PATH: path, FFPROBE_PATH: ffprobe.path }
}

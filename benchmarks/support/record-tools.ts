import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadSettings } from '../../src/config/load-settings.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'

/** One run of ffmpeg or ffprobe. Times are seconds since 1970. */
export interface RecordedCommand {
  program: string
  args: string[]
  cwd: string
  /** Copies of the small files that lay in `cwd` when it began; null when there was nothing to copy. */
  inputs: string | null
  start: number
  end: number
}

/** Programs to name in FFMPEG_PATH and FFPROBE_PATH: they run the real ones and write down what was asked of them. */
export interface RecordingTools {
  env: { FFMPEG_PATH: string; FFPROBE_PATH: string }
  commands(): Promise<RecordedCommand[]>
}

export async function recordTools(folder: string): Promise<RecordingTools> {
  const log = join(folder, 'log')
  await mkdir(log, { recursive: true })
  const tools = await findMediaTools(loadSettings())
  const [ffmpeg, ffprobe] = [join(folder, 'ffmpeg'), join(folder, 'ffprobe')]
  await writeScript(ffmpeg, { program: tools.ffmpeg.path, log })
  await writeScript(ffprobe, { program: tools.ffprobe.path, log })
  return { env: { FFMPEG_PATH: ffmpeg, FFPROBE_PATH: ffprobe }, commands: () => readLog(log) }
}

// Bash alone, without other programs on the usual path: it costs about two milliseconds a run.
async function writeScript(path: string, { program, log }: { program: string; log: string }): Promise<void> {
  const script = `#!/bin/bash
entry='${log}'/$EPOCHREALTIME-$$
mkdir "$entry"
printf '%s\\0' '${program}' "$PWD" "$@" > "$entry/command"
if compgen -G '*.ass' > /dev/null; then
  mkdir "$entry/inputs"
  for input in *.ass *.png fonts; do [ -e "$input" ] && cp -r "$input" "$entry/inputs/"; done
fi
'${program}' "$@" &
child=$!
trap 'kill -TERM $child' TERM INT
wait $child
status=$?
trap - TERM INT
wait $child 2> /dev/null
printf '%s' "$EPOCHREALTIME" > "$entry/end"
exit $status
`
  await writeFile(path, script)
  await chmod(path, 0o755)
}

async function readLog(log: string): Promise<RecordedCommand[]> {
  const commands = await Promise.all(
    (await readdir(log)).map(async (name) => {
      const entry = join(log, name)
      const parts = (await readFile(join(entry, 'command'), 'utf8')).split('\0').slice(0, -1)
      const [program = '', cwd = '', ...args] = parts
      const files = await readdir(entry)
      const end = files.includes('end') ? await readFile(join(entry, 'end'), 'utf8') : 'NaN'
      return {
        program,
        args,
        cwd,
        inputs: files.includes('inputs') ? join(entry, 'inputs') : null,
        start: Number(name.split('-')[0]),
        end: Number(end),
      }
    }),
  )
  return commands.sort((a, b) => a.start - b.start)
}

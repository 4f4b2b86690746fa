import { z } from 'zod'
import { fileUrl, safeInputOptions } from '../../../media/media-input.ts'
import type { MediaTools } from '../../../media/media-tools.ts'
import { runTool } from '../../../media/run-tool.ts'

const tags = z.object({ timecode: z.string().optional() }).catch({})
const report = z.object({
  format: z.object({ tags: tags.optional() }).optional(),
  streams: z.array(z.object({ tags: tags.optional() })).default([]),
})

/**
 * The timecode of a recording's first frame as cameras write it (QuickTime's `tmcd` track, MXF, a tag): `10:00:00;00`; null without one. A file whose
 * timecode can't be read has none: it was probed before.
 */
export async function readStartTimecode(
  path: string,
  { tools, signal }: { tools: MediaTools; signal?: AbortSignal | undefined },
): Promise<string | null> {
  let printed = ''
  try {
    await runTool({
      command: tools.ffprobe.path,
      env: tools.ffprobe.env,
      args: [
        ['-v', 'error', '-hide_banner', ...safeInputOptions],
        ['-show_entries', 'stream_tags=timecode:format_tags=timecode', '-of', 'json', fileUrl(path)],
      ].flat(),
      signal,
      timeoutSeconds: 20,
      onStdout: (chunk) => {
        printed = (printed + chunk.toString()).slice(0, 100_000)
      },
    })
    const { format, streams } = report.parse(JSON.parse(printed))
    return [...streams, format].find((part) => part?.tags?.timecode)?.tags?.timecode ?? null
  } catch {
    signal?.throwIfAborted()
    return null
  }
}

export interface FfmpegProgress {
  /** Seconds of output so far; null while ffmpeg does not know. */
  time: number | null
  /** Frames of output so far; null without video. */
  frames: number | null
  /** Times real time; null while unknown. */
  speed: number | null
  /** True in the last report. */
  ended: boolean
}

/**
 * Reads what `-progress` writes: blocks of `key=value` lines, each ended by `progress=continue` or `progress=end`.
 * Takes one line; answers with a report when that line completes a block.
 */
export function createProgressParser(): (line: string) => FfmpegProgress | undefined {
  let block: Record<string, string> = {}
  return (line) => {
    const at = line.indexOf('=')
    if (at < 0) return undefined
    const [key, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    if (key !== 'progress') {
      block[key] = value
      return undefined
    }
    const report = {
      // Not out_time_ms: it holds microseconds in every version, a slip kept for compatibility.
      time: clockToSeconds(block['out_time']),
      frames: toNumber(block['frame']),
      speed: toNumber(block['speed']?.replace(/x$/, '')),
      ended: value === 'end',
    }
    block = {}
    return report
  }
}

/** `00:01:02.500000` in seconds. ffmpeg can report negative time at the start (it counts as zero) and N/A (null). */
function clockToSeconds(clock: string | undefined): number | null {
  const match = /^(-?)(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(clock ?? '')
  if (!match) return null
  const [, sign, hours, minutes, seconds] = match
  return sign ? 0 : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

function toNumber(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  const number = Number(text)
  return Number.isFinite(number) && number >= 0 ? number : null
}

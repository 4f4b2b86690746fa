import { checkSynchrony } from './check-synchrony.ts'
import type { ClipInspection } from './inspect-clip.ts'
import { type QualityCheck, skipped, verdict } from './quality-report.ts'

export interface ExpectedFile {
  width: number
  height: number
  /** Seconds. */
  duration: number
  /** LUFS; null when there is nothing to hear. */
  loudness: number | null
}

/** A player's rounding and an AAC frame, together below 0.1 s. */
const durationTolerance = 0.1
/** LU. */
const loudnessTolerance = 0.5
/** What platforms ask for, so that their own encoding does not distort. dB below full scale, true peak. */
const highestPeak = -1

/** Compares what a finished file is with what it should be. */
export function checkFile(inspection: ClipInspection, expected: ExpectedFile): QualityCheck[] {
  return [
    checkStreams(inspection),
    checkSize(inspection, expected),
    checkDuration(inspection, expected),
    checkSynchrony({ startOffset: startOffsetOf(inspection), soundLag: null, pictureLag: null }),
    checkLoudness(inspection, expected),
    checkPeak(inspection, expected),
  ]
}

/** By which the sound's stream starts later than the picture's, seconds. */
export function startOffsetOf({ info }: ClipInspection): number {
  return (info.audio[0]?.startTime ?? 0) - (info.video?.startTime ?? 0)
}

function checkStreams({ info, picture, sound }: ClipInspection): QualityCheck {
  const [video, audio] = [info.video?.codec ?? 'no picture', info.audio[0]?.codec ?? 'no sound']
  const isGood = video === 'h264' && audio === 'aac' && picture.count > 0 && sound.count > 0
  return verdict('streams', isGood, `${video} with ${picture.count} frames, ${audio} with ${sound.count} packets.`)
}

function checkSize({ info }: ClipInspection, { width, height }: ExpectedFile): QualityCheck {
  const found = `${info.video?.width ?? 0}×${info.video?.height ?? 0}`
  const isGood = info.video?.width === width && info.video.height === height
  return verdict('size', isGood, isGood ? `${found} pixels.` : `${found} pixels instead of ${width}×${height}.`)
}

function checkDuration({ picture, sound }: ClipInspection, { duration }: ExpectedFile): QualityCheck {
  const isGood = [picture.end, sound.end].every((end) => Math.abs(end - duration) <= durationTolerance)
  const found = `Picture ${picture.end.toFixed(2)} s, sound ${sound.end.toFixed(2)} s`
  return verdict('duration', isGood, isGood ? `${found}.` : `${found}, instead of ${duration.toFixed(2)} s.`)
}

function checkLoudness({ loudness }: ClipInspection, expected: ExpectedFile): QualityCheck {
  if (expected.loudness === null) return skipped('loudness', 'There is nothing to hear in this part of the recording.')
  const found = loudness.integrated
  const isGood = found !== null && Math.abs(found - expected.loudness) <= loudnessTolerance
  const text = found === null ? 'Silence' : `${found.toFixed(1)} LUFS`
  return verdict('loudness', isGood, isGood ? `${text}.` : `${text} instead of ${expected.loudness.toFixed(1)} LUFS.`)
}

function checkPeak({ loudness: { truePeak } }: ClipInspection, expected: ExpectedFile): QualityCheck {
  if (expected.loudness === null) return skipped('true-peak', 'There is nothing to hear in this part of the recording.')
  const isGood = truePeak === null || truePeak <= highestPeak
  return verdict(
    'true-peak',
    isGood,
    truePeak === null ? 'No peak.' : `${truePeak.toFixed(1)} dBTP, at most ${highestPeak} is good.`,
  )
}

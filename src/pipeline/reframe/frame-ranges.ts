import type { ErrorRecord } from '../../domain/app-error.ts'
import type { Framing } from '../../domain/clip.ts'
import { lengthOf, type TimeRange } from '../../domain/time-range.ts'
import { type FramedSpan, frameSpan } from './frame-moment.ts'

type FrameRequest = Omit<Parameters<typeof frameSpan>[0], 'range'> & {
  /** In order of time, apart from each other. */
  ranges: readonly TimeRange[]
}

/** Frames every stretch a clip plays, one after the other; scenes in order of time, with gaps where nothing is played. */
export async function frameRanges({ ranges, ...request }: FrameRequest): Promise<Omit<FramedSpan, 'people'>> {
  const total = ranges.reduce((sum, range) => sum + lengthOf(range), 0)
  const scenes: Framing['scenes'] = []
  let faces: FramedSpan['faces']
  let failure: ErrorRecord | null = null
  let done = 0
  for (const range of ranges) {
    const before = done
    const share = lengthOf(range) / total
    const onProgress = (fraction: number) => request.onProgress?.(before + share * fraction)
    const framed = await frameSpan({ ...request, range, onProgress })
    scenes.push(...framed.framing.scenes)
    if (framed.faces) faces = [...(faces ?? []), ...framed.faces]
    failure ??= framed.failure
    done += share
  }
  return { framing: { aspect: request.aspect, scenes }, faces, failure }
}

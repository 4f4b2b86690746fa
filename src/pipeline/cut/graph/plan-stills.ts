import type { MediaInfo } from '../../../domain/media-info.ts'
import { dropPicture, seekInput } from '../../../media/seek-input.ts'
import { smallSize } from '../gate/inspect-clip.ts'
import { perSecond } from './choose-frame-rate.ts'
import { standingStill } from './moving-crop.ts'
import { ordinaryColours } from './ordinary-colours.ts'
import type { BurnIn, CardPicture } from './plan-graph.ts'
import { sourceTimeOf, type Timeline } from './plan-timeline.ts'
import { sceneFilters } from './scene-filters.ts'

export interface StillsRequest {
  source: { path: string; info: MediaInfo }
  timeline: Timeline
  output: { width: number; height: number }
  card: CardPicture | null
  /** Moments of the clip, seconds. */
  times: readonly number[]
  /** Drawn over each moment: all but the captions in both pictures, those in the second; null for the bare picture alone. */
  burnIn: BurnIn | null
  /** The finished clip, for a third picture of each moment; null to leave it out. */
  clipPath: string | null
  /** What plays in that file before the clip, seconds. */
  secondsBefore?: number | undefined
  capabilities: { filters: ReadonlySet<string> }
  /** Name of the file to write: raw gray pictures, a quarter of the clip's size, moment by moment. */
  fileName: string
}

/**
 * Arguments for one ffmpeg run that makes single pictures of a clip afresh from the recording, framed as the clip frames
 * them: what its frames must look like. For each moment that has one: the bare picture, the same with captions, the clip's own.
 */
export function planStills(request: StillsRequest): string[] {
  const { timeline, times, clipPath, fileName } = request
  const rate = perSecond(timeline.frameRate)
  const early = 0.5 / rate
  const inputs: string[] = []
  const chains: string[] = []
  const pads: string[] = []
  let inputCount = 0
  const open = (path: string, container: string, time: number) => {
    // Half a frame early, so that rounding can't skip the frame meant.
    const { args, skip } = seekInput({ path, container, start: Math.max(0, time - early), seconds: 2 })
    inputs.push(...args)
    return { number: inputCount++, skip }
  }
  for (const [i, asked] of times.entries()) {
    // The frame that is shown at a time began before it: that one, of the recording and of the clip.
    const time = Math.floor(asked * rate + 1e-6) / rate
    const origin = sourceTimeOf(timeline, time)
    if (!origin) continue
    const bare = bareFilters({
      ...request,
      name: `m${i}`,
      scene: standingStill(origin.scene, origin.time),
      open: ({ path, info }) => open(path, info.container, origin.time),
    })
    const { burnIn, secondsBefore = 0 } = request
    const under = drawing(burnIn, (script) => !isCaption(burnIn, script))
    chains.push(
      `${[bare, `setpts=${time.toFixed(4)}/TB`, ...under].join(',')}${burnIn ? `,split=2[b${i}][c${i}]` : `[b${i}]`}`,
    )
    chains.push(`[b${i}]${shrink(request)}[bare${i}]`)
    pads.push(`[bare${i}]`)
    if (burnIn) {
      const scripts = drawing(burnIn, (script) => isCaption(burnIn, script))
      chains.push(`[c${i}]${[...scripts, shrink(request)].join(',')}[drawn${i}]`)
      pads.push(`[drawn${i}]`)
    }
    if (clipPath === null) continue
    chains.push(
      `[${open(clipPath, 'mp4', secondsBefore + time).number}:v]trim=end_frame=1,${shrink(request)}[clip${i}]`,
    )
    pads.push(`[clip${i}]`)
  }
  const join = pads.length === 1 ? 'null' : `concat=n=${pads.length}:v=1:a=0`
  chains.push(`${pads.join('')}${join},setpts=N/25/TB[stills]`)
  return [
    inputs,
    ['-filter_complex', chains.join(';'), '-y', '-map', '[stills]', '-r', '25', '-f', 'rawvideo', fileName],
  ].flat()
}

function drawing(burnIn: BurnIn | null, wanted: (script: string) => boolean): string[] {
  return burnIn?.scripts.filter(wanted).map((script) => `ass=${script}:fontsdir=${burnIn.fonts}`) ?? []
}

/** All of them where none is named. */
function isCaption(burnIn: BurnIn | null, script: string): boolean {
  return burnIn?.captions === undefined || script === burnIn.captions
}

interface BareRequest extends StillsRequest {
  name: string
  scene: Parameters<typeof sceneFilters>[0]['scene']
  open: (source: StillsRequest['source']) => { number: number; skip: number }
}

function bareFilters({ source, output, card, scene, name, open, capabilities }: BareRequest): string {
  const { video } = source.info
  if (card || !video)
    return `${card?.lavfiSource ?? 'color=black'},trim=end_frame=1,scale=${output.width}:${output.height},setsar=1`
  const { number, skip } = open(source)
  const upright = [
    ...dropPicture(skip),
    `trim=end_frame=1,scale=${video.width}:${video.height}:flags=bicubic,setsar=1,format=yuv420p`,
  ].join(',')
  const framed = sceneFilters({ scene, source: video, output, name, startsAt: 0 })
  const colours = ordinaryColours(video, capabilities.filters)
  return [`[${number}:${video.streamIndex}]${upright}`, framed, ...colours].join(',')
}

function shrink({ output }: StillsRequest): string {
  const { width, height } = smallSize(output)
  return `scale=${width}:${height}:flags=area,format=gray,setsar=1,setpts=PTS-STARTPTS`
}

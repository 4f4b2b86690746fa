import type { VideoStream } from '../../../domain/media-info.ts'

/** Goes into the keys of clips from HDR. Raise it with every change of the colours they get. */
export const coloursVersion = '1'

/**
 * Filters that give an HDR picture the colours every player knows; none for others. With zimg the light is mapped: reference white
 * (203 cd/m², ITU-R BT.2408) is nearly the white of ordinary video, what is brighter is pressed together, what is darker stays.
 * Without it the light curve is taken as it is: the picture looks flatter than it should, and nothing fails.
 */
export function ordinaryColours(video: VideoStream | null, filters: ReadonlySet<string>): string[] {
  if (!video?.hdr) return []
  return isLightMapped(video, filters) ? mapped(video.transfer) : [asItIs]
}

/** Whether bright and dark of an HDR recording come out right. */
export function isLightMapped(
  video: VideoStream,
  filters: ReadonlySet<string>,
): video is VideoStream & { transfer: string } {
  return video.transfer !== undefined && ['setparams', 'zscale', 'tonemap'].every((name) => filters.has(name))
}

/** Brightest that is told apart: 1000 cd/m², for which most of HDR is made, in reference whites. */
const peak = (1000 / 203).toFixed(3)

function mapped(transfer: string): string[] {
  return [
    // Said anew, because filters before may have lost it, and zscale fails on what it does not know.
    `setparams=range=tv:colorspace=bt2020nc:color_primaries=bt2020:color_trc=${transfer}`,
    'zscale=t=linear:npl=203',
    'format=gbrpf32le',
    // Up to 0.7 of white nothing changes: faces are there.
    `tonemap=tonemap=mobius:param=0.7:peak=${peak}:desat=0`,
    'zscale=p=709:t=709:m=709:r=limited',
    'format=yuv420p',
  ]
}

/** `colorspace` knows neither PQ nor HLG, hence the named input curve. */
const asItIs =
  'colorspace=all=bt709:ispace=bt2020ncl:iprimaries=bt2020:itrc=bt2020-10:irange=tv:range=tv:format=yuv420p'

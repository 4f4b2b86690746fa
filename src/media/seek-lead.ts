/** Containers without an index of keyframes: ffmpeg lands anywhere, and shows nothing until the next keyframe. */
const unindexed = new Set(['mpegts', 'mpeg'])
/** Streams without timestamps: there is nothing to seek by. */
const untimed = new Set(['h264', 'hevc', 'm4v', 'mpegvideo', 'obu', 'av1'])
/** Recorders write a keyframe at least this often (broadcast: 1 s, streaming: 2 to 10 s). */
const LONGEST_KEYFRAME_GAP_SECONDS = 15

/**
 * How many seconds before a wanted time an input has to be opened with `-ss` so that its frames from there on are all seen.
 * 0 where ffmpeg's seeking is exact; Infinity: only from the very beginning, without `-ss`. With a lead, what comes before the
 * wanted time must be dropped after decoding, e.g. by `trim`. Measured with ffmpeg 5.1 and the 2018 build: `-ss 0.5` on MPEG-TS
 * with keyframes at 0 and 4 shows its first frame at 4. In MPEG-PS, where several small pictures (below 2 kB) share a packet and
 * its timestamp, ffmpeg guesses the others' times; after a seek pictures were up to 3 frames late, in ordinary ones up to 1.
 */
export function seekLead(container: string): number {
  if (unindexed.has(container)) return LONGEST_KEYFRAME_GAP_SECONDS
  return untimed.has(container) ? Number.POSITIVE_INFINITY : 0
}

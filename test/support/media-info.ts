import type { MediaInfo } from '../../src/domain/media-info.ts'

/** What probing a plain recording with one audio track gives; `duration` in seconds. */
export function mediaInfoOf(duration: number, overrides: Partial<MediaInfo> = {}): MediaInfo {
  return {
    container: 'wav',
    duration,
    sizeBytes: 1000,
    video: null,
    coverArt: null,
    audio: [
      { streamIndex: 0, codec: 'pcm_s16le', channels: 1, sampleRate: 16000, language: null, title: null, startTime: 0 },
    ],
    subtitles: [],
    warnings: [],
    ...overrides,
  }
}

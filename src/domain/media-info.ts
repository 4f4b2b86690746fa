/** What a media file is made of, as probed and checked; sizes in pixels as displayed, times in seconds. */
export interface MediaInfo {
  /** ffmpeg's name of the container, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: string
  /** As its tags (ID3, MP4, Matroska) have it; absent when they do not. */
  title?: string
  /** Length in seconds: the longest of the streams we use, not what the header claims alone. */
  duration: number
  sizeBytes: number
  /** The picture, or null when there is none (a cover picture is not a picture). */
  video: VideoStream | null
  /** A still picture attached to an audio file. */
  coverArt: { streamIndex: number } | null
  /** All audio tracks, the one to use first. */
  audio: AudioStream[]
  subtitles: SubtitleStream[]
  /** Sentences about what is odd but not refused. */
  warnings: string[]
}

export interface VideoStream {
  streamIndex: number
  codec: string
  /** As displayed: after rotation and with square pixels. */
  width: number
  height: number
  /** Clockwise degrees the player turns the picture: 0, 90, 180 or 270. */
  rotation: number
  /** Average frames a second. */
  frameRate: number
  variableFrameRate: boolean
  interlaced: boolean
  /** Transfer is PQ or HLG. */
  hdr: boolean
  /** Which of them, by ffmpeg's name; absent in what is no HDR, and in what was looked at before this was kept. */
  transfer?: string | undefined
  startTime: number
}

export interface AudioStream {
  streamIndex: number
  codec: string
  channels: number
  sampleRate: number
  language: string | null
  title: string | null
  startTime: number
}

export interface SubtitleStream {
  streamIndex: number
  codec: string
  /** False for pictures (DVD, Blu-ray), which hold no text. */
  isText: boolean
  language: string | null
  title: string | null
}

import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MediaInfo, SubtitleStream } from '../../domain/media-info.ts'
import type { Media } from '../../media/create-media.ts'
import { fileUrl, mediaInput } from '../../media/media-input.ts'
import { parseTranscript } from '../../pipeline/transcribe/formats/parse-transcript.ts'
import { normalizeLanguage } from '../../pipeline/transcribe/normalize-language.ts'
import { readTranscriptFile } from '../../pipeline/transcribe/read-transcript-file.ts'
import type { ReadOptions, TranscribableRecording, Transcriber } from '../../pipeline/transcribe/transcriber.ts'

interface EmbeddedSubtitlesOptions {
  media: Pick<Media, 'withSignal'>
}

/** A text subtitle track inside the media file, taken out by ffmpeg. Pictures of text (DVD, Blu-ray) are none. */
export function embeddedSubtitles({ media }: EmbeddedSubtitlesOptions): Transcriber {
  return {
    name: 'embedded subtitles',
    async find(recording, { signal }) {
      signal.throwIfAborted()
      const track = chooseTrack(recording.info)
      if (!track) return null
      const name = nameOf(track)
      const origin = { kind: 'embedded' as const, name, format: formatOf(track) }
      return {
        origin,
        // Taking the track out reads the whole recording, so it is named by the recording's own hash instead.
        fingerprint: createHash('sha256').update(`${recording.hash}|${track.streamIndex}`).digest('hex'),
        async read(options) {
          const bytes = await extractTrack({ ...options, media: media.withSignal(options.signal), recording, track })
          const language = normalizeLanguage(track.language)
          // A track without a single cue comes out as an empty file.
          if (bytes.length === 0) return { origin, language, cues: [], warnings: [`The ${name} is empty.`] }
          const { format, ...parsed } = parseTranscript(bytes, { name: `The ${name}`, language })
          return { ...parsed, origin: { ...origin, format } }
        },
      }
    },
    wayOut({ info }) {
      const pictures = info.subtitles.filter(({ isText }) => !isText).length
      return pictures === 0 ? null : 'give it a subtitle track of text (the one it has holds pictures of text)'
    },
  }
}

/** The track of the spoken language, else the first; tracks with only signs or forced lines come last. */
function chooseTrack({ subtitles, audio }: MediaInfo): SubtitleStream | undefined {
  const spoken = normalizeLanguage(audio[0]?.language)
  const rank = ({ language, title }: SubtitleStream) =>
    (/forced|signs|songs|commentary/i.test(title ?? '') ? 2 : 0) +
    (spoken && normalizeLanguage(language) === spoken ? 0 : 1)
  return subtitles.filter(({ isText }) => isText).toSorted((a, b) => rank(a) - rank(b))[0]
}

function nameOf({ streamIndex, language, title }: SubtitleStream): string {
  const details = [language, title].filter((detail) => detail !== null).join(', ')
  return `subtitle track ${streamIndex}${details ? ` (${details})` : ''}`
}

/** WebVTT is copied, since ffmpeg's own reader loses the voices; everything else becomes SRT. */
function formatOf({ codec }: SubtitleStream): 'vtt' | 'srt' {
  return codec === 'webvtt' ? 'vtt' : 'srt'
}

interface Extraction extends ReadOptions {
  media: Media
  recording: TranscribableRecording
  track: SubtitleStream
}

async function extractTrack({ media, recording, track, signal, onProgress }: Extraction): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-subtitles-'))
  try {
    const path = join(folder, `track.${formatOf(track)}`)
    const output = formatOf(track) === 'vtt' ? ['-c:s', 'copy', '-f', 'webvtt'] : ['-c:s', 'srt', '-f', 'srt']
    await media.ffmpeg({
      args: [...mediaInput(recording.path), '-map', `0:${track.streamIndex}`, ...output, fileUrl(path)],
      duration: recording.info.duration,
      onProgress: ({ fraction }) => onProgress?.({ fraction, message: 'reading the subtitle track' }),
    })
    const { bytes } = await readTranscriptFile(path, signal)
    return bytes
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

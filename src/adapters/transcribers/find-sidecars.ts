import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { languageOfFileName } from '../../pipeline/transcribe/language-of-file-name.ts'

export interface Sidecar {
  path: string
  extension: 'json' | 'vtt' | 'srt'
  language: string | null
  /** Written by a download tool as the language that is spoken, e.g. `talk.en-orig.vtt`. */
  isOriginal: boolean
}

/** JSON has word times, WebVTT may have them and knows speakers, SRT has neither. */
const extensions = ['json', 'vtt', 'srt'] as const

/**
 * Files beside a recording that are named as its transcript: `talk.srt`, `talk.mp4.srt`, `talk.en.srt`; best first.
 * The plain name comes before one with a language, the spoken language before others.
 * @param spoken BCP 47 tag of the audio, where known
 */
export async function findSidecars(recordingPath: string, spoken: string | null): Promise<Sidecar[]> {
  const names = await readdir(dirname(recordingPath)).catch(() => [])
  return names
    .flatMap((name) => sidecarOf(name, recordingPath))
    .toSorted((a, b) => rankOf(a, spoken) - rankOf(b, spoken) || (a.path < b.path ? -1 : 1))
}

function sidecarOf(name: string, recordingPath: string): Sidecar[] {
  const extension = extensions.find((known) => name.toLowerCase().endsWith(`.${known}`))
  const file = basename(recordingPath)
  if (!extension || name === file) return []
  // File systems differ in how they write accents; what a person sees as the same name is the same.
  const stem = name.slice(0, -extension.length - 1).normalize('NFC')
  const own = file.slice(0, file.length - extname(file).length).normalize('NFC')
  const path = join(dirname(recordingPath), name)
  if (stem === own || stem === file.normalize('NFC')) return [{ path, extension, language: null, isOriginal: false }]
  const tag = stem.startsWith(`${own}.`) ? stem.slice(own.length + 1) : ''
  const language = tag !== '' && !tag.includes('.') ? languageOfFileName(name) : null
  return language ? [{ path, extension, language, isOriginal: tag.endsWith('-orig') }] : []
}

/** Smaller is better. */
function rankOf({ language, isOriginal, extension }: Sidecar, spoken: string | null): number {
  const isSpoken = spoken !== null && language?.split('-')[0] === spoken.split('-')[0]
  const name = language === null ? 0 : isOriginal ? 1 : isSpoken ? 2 : 3
  return name * extensions.length + extensions.indexOf(extension)
}

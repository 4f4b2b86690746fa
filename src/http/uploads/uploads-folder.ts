import { join } from 'node:path'
import { uploadsFolder } from '../../pipeline/ingest/place-of-link.ts'

// Names in the folder are ours: an id while the bytes come, the content's hash then.
const halves = 'receiving'

export function receivingFolder(dataFolder: string): string {
  return join(dataFolder, uploadsFolder, halves)
}

/** @param id of an upload, a UUID of the database's */
export function receivingPath(dataFolder: string, id: string): string {
  return join(receivingFolder(dataFolder), `${id}.part`)
}

/** @param hash SHA-256 in hexadecimal */
export function contentPath(dataFolder: string, hash: string, ending = ''): string {
  return join(dataFolder, uploadsFolder, `${hash}${ending}`)
}

/** What a transcript's name says of its language and format, where it says nothing but that: `talk.pt-BR.vtt` → `.pt-BR.vtt`. */
export function transcriptEnding(name: string): string {
  return /(?:\.[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})?\.(?:srt|vtt|json|txt)$/.exec(name)?.[0] ?? '.txt'
}

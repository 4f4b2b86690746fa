import { basename, extname } from 'node:path'

/** Names of a clip's files in the folder a person opens: `03-the-night-the-lamp-went-out.mp4`. */
export interface ClipFileNames {
  mp4: string
  jpg: string
  srt: string
  vtt: string
}

// Long enough to recognise a clip, short enough for every file system once rank and ending are added.
const longestSlug = 60

/** A draft says so in its name, so that nobody posts it. */
export function nameClipFiles(rank: number, title: string, draft = false): ClipFileNames {
  const stem = [String(rank).padStart(2, '0'), slugOf(title), draft ? 'draft' : ''].filter(Boolean).join('-')
  return { mp4: `${stem}.mp4`, jpg: `${stem}.jpg`, srt: `${stem}.srt`, vtt: `${stem}.vtt` }
}

/** Letters and digits of any script, joined by dashes; never a dot, a slash or a dash in front. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/gu, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    // What marks a picture (an emoji's variation) marks nothing once the picture is gone.
    .map((word) => word.replace(/^\p{M}+/u, ''))
  let slug = ''
  for (const word of words.filter(Boolean)) {
    const longer = slug === '' ? Array.from(word).slice(0, longestSlug).join('') : `${slug}-${word}`
    if (Array.from(longer).length > longestSlug) break
    slug = longer
  }
  return slug
}

/** The folder clips of a file go to when none is named: `talk.mp4` → `talk-clips`. */
export function defaultOutName(path: string): string {
  return `${slugOf(basename(path, extname(path))) || 'recording'}-clips`
}

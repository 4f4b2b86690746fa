import { slugOf } from '../../pipeline/conclude/name-files.ts'
import { nameOfLink, placeOfLink } from '../../pipeline/ingest/place-of-link.ts'
import type { RunSettings } from '../../pipeline/run-settings.ts'

/** Whether a word is meant as a link; `C:\talk.mp4` and `talk: part 2.mp4` are files. */
export function isLink(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9+.-]+:\/\//i.test(value)
}

/** What is wrong with a link, as far as it can be told without asking anybody; null when nothing is. */
export function linkProblem(what: 'recording' | 'transcript', link: string): string | null {
  const kind = link.slice(0, link.indexOf(':')).toLowerCase()
  if (kind !== 'http' && kind !== 'https') {
    return `The ${what} is a link of the kind "${kind}"; only https and http are fetched. Name a file by its path.`
  }
  return URL.canParse(link) ? null : `The link of the ${what} makes no sense.`
}

/** What is wrong with the links of a command, each in a sentence. */
export function linkProblems(file: string, options: object): string[] {
  const transcript = 'transcript' in options ? options.transcript : undefined
  const episode = 'episode' in options ? options.episode : undefined
  const problems = [
    isLink(file) ? linkProblem('recording', file) : null,
    isLink(transcript) ? linkProblem('transcript', transcript) : null,
    episode !== undefined && !isLink(file) ? '--episode needs the link of a feed.' : null,
  ]
  return problems.filter((problem) => problem !== null)
}

/** The parts of a run about a link; where it will be is known once the data folder is (`placeLinks`). */
export function runOfLink(link: string, episode: string | undefined): Pick<RunSettings, 'link' | 'path' | 'title'> {
  const url = new URL(link).href
  return {
    path: url,
    title: nameOfLink(url).stem,
    link: { url, ...(episode !== undefined && { episode: episode.trim() }) },
  }
}

/** The folder the clips of a link go to when none is named. */
export function outNameOfLink({ title }: Pick<RunSettings, 'title'>): string {
  return `${slugOf(title) || 'recording'}-clips`
}

/** The same run, with the places in the data folder its links are brought to. */
export function placeLinks(run: RunSettings, dataFolder: string): RunSettings {
  const { link, transcriptLink } = run
  return {
    ...run,
    ...(link !== undefined && { path: placeOfLink({ dataFolder, ...link }) }),
    ...(transcriptLink !== undefined && { transcriptPath: placeOfLink({ dataFolder, url: transcriptLink }) }),
  }
}

import { findOnSystem } from '../../media/find-on-system.ts'
import { runTool } from '../../media/run-tool.ts'
import type { DoctorCheck } from './doctor-report.ts'

const howToInstall =
  'pipx install yt-dlp, brew install yt-dlp or winget install yt-dlp; docs/guide/links.md says what for.'
/** Sites change: what is older than this fails on many of them. */
const staleAfterDays = 120
const answerSeconds = 20

/** Whether recordings of web pages can be fetched. Without yt-dlp everything else works. */
export async function checkYtDlp(named: string | undefined, now: Date = new Date()): Promise<DoctorCheck> {
  const name = 'yt-dlp'
  const path = named ?? (await findOnSystem('yt-dlp'))
  if (path === null) {
    return { name, status: 'ok', found: 'not here; links to files and feeds work without it', mend: howToInstall }
  }
  const version = await versionOf(path)
  if (version === null) {
    const mend = named === undefined ? howToInstall : 'Correct YTDLP_PATH, or clear it to use the one of the system.'
    return { name, status: named === undefined ? 'warn' : 'fail', found: `${path} does not run as yt-dlp`, mend }
  }
  const days = ageInDays(version, now)
  const isStale = days !== null && days > staleAfterDays
  return {
    name,
    status: isStale ? 'warn' : 'ok',
    found: `${version}, ${named === undefined ? 'of the system' : 'named by YTDLP_PATH'}: ${path}`,
    mend: isStale ? `It is ${days} days old, and sites change: update it (yt-dlp -U, or as you installed it).` : null,
  }
}

async function versionOf(path: string): Promise<string | null> {
  const output: Buffer[] = []
  try {
    await runTool({
      command: path,
      args: ['--ignore-config', '--version'],
      timeoutSeconds: answerSeconds,
      onStdout: (chunk) => output.push(chunk),
    })
  } catch {
    return null
  }
  return /^\d{4}\.\d{2}\.\d{2}[\w.]*$/.exec(Buffer.concat(output).toString('utf8').trim())?.[0] ?? null
}

/** Versions are dates: `2026.01.31`. */
function ageInDays(version: string, now: Date): number | null {
  const made = Date.parse(version.slice(0, 10).replaceAll('.', '-'))
  return Number.isNaN(made) ? null : Math.floor((now.getTime() - made) / (24 * 3600 * 1000))
}

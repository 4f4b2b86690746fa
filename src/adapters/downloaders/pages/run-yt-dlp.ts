import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Evidence } from '../../../domain/app-error.ts'
import { FfmpegBroken, FfmpegFailed, FfmpegKilled, FfmpegStalled, FfmpegTimedOut } from '../../../media/media-errors.ts'
import { runTool } from '../../../media/run-tool.ts'
import { splitLines } from '../../../media/split-lines.ts'
import { openGuardedProxy } from '../../../network/guarded-proxy.ts'
import type { NetworkGuard } from '../../../network/network-guard.ts'
import { showUrl } from '../../../network/show-url.ts'
import type { FetchOptions } from '../../../pipeline/ingest/downloader.ts'
import { explainFailure } from './explain-failure.ts'
import { YtDlpFailed, YtDlpMissing } from './yt-dlp-errors.ts'

export interface YtDlpRun {
  /** Absolute path of yt-dlp. */
  command: string
  url: string
  args: readonly string[]
  /** An existing folder; yt-dlp works in it. */
  folder: string
  guard: NetworkGuard
  options: Pick<FetchOptions, 'signal' | 'ledger'>
  /** Lines of standard output and of standard error: where its progress goes depends on its version. */
  onLine?: (line: string) => void
  onStdout?: (chunk: Buffer) => void
  timeoutSeconds: number
}

/** Nobody's settings, nothing started that we did not ask for, nothing asked of a person. */
const alwaysArgs = [
  ['--ignore-config', '--no-exec', '--no-update', '--no-mtime'],
  ['--socket-timeout', '30', '--retries', '5', '--fragment-retries', '10', '--abort-on-unavailable-fragments'],
].flat()

/** Merging picture and sound of hours is silent work. */
const stallSeconds = 600

/**
 * Runs yt-dlp to its end. The link reaches it in a file: so it is in no list of processes, no log and no error, and can be
 * taken for no option. It goes to the internet through the guard alone.
 * @throws YtDlpMissing | YtDlpFailed | YtDlpOutdated | PageRefused | PageNotReady | PageUnreachable | NoSpace; what `onLine` throws; the signal's reason
 */
export async function runYtDlp({ command, url, args, folder, guard, options, ...run }: YtDlpRun): Promise<void> {
  const linkFile = join(folder, 'link.txt')
  await using proxy = await openGuardedProxy(guard)
  try {
    await writeFile(linkFile, `${new URL(url).href}\n`, { mode: 0o600 })
    const lines = splitLines((line) => run.onLine?.(line))
    await runTool({
      command,
      args: [...alwaysArgs, ...args, '--batch-file', linkFile],
      cwd: folder,
      env: proxyEnvironment(proxy.url),
      signal: options.signal,
      ledger: options.ledger,
      stallSeconds,
      timeoutSeconds: run.timeoutSeconds,
      onStdout: run.onStdout ?? ((chunk) => lines.write(chunk)),
      onStderrLine: run.onLine,
    })
  } catch (error) {
    throw translate(error, { url, command })
  } finally {
    await rm(linkFile, { force: true })
  }
}

/** In both spellings, since programs differ; whatever the person has set leads past the guard. */
function proxyEnvironment(proxy: string): Record<string, string> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']
  const each = names.flatMap((name) => [[name, proxy] as const, [name.toLowerCase(), proxy] as const])
  return { ...Object.fromEntries(each), NO_PROXY: '', no_proxy: '', PYTHONIOENCODING: 'utf-8' }
}

function translate(error: unknown, { url, command }: { url: string; command: string }): unknown {
  if (error instanceof FfmpegFailed) return explainFailure(url, withoutLink(error.evidence ?? {}, url))
  if (error instanceof FfmpegBroken) return new YtDlpMissing(url, { what: 'page', path: command })
  const problem =
    error instanceof FfmpegStalled
      ? 'it stood still'
      : error instanceof FfmpegTimedOut
        ? 'it took too long'
        : error instanceof FfmpegKilled
          ? 'it was ended from outside'
          : null
  if (problem === null) return error
  const evidence = (error as FfmpegStalled).evidence
  return new YtDlpFailed(url, {
    problem,
    retry: 'later',
    evidence: evidence && withoutLink(evidence, url),
    cause: error,
  })
}

/** Its messages repeat the link, which may hold a key. */
function withoutLink(evidence: Evidence, url: string): Evidence {
  const { output } = evidence
  if (output === undefined) return evidence
  const { href, username, password, search } = new URL(url)
  let clean = output.replaceAll(href, showUrl(url)).replaceAll(url, showUrl(url))
  for (const secret of [password, username, search]) if (secret.length > 2) clean = clean.replaceAll(secret, '…')
  return { ...evidence, output: clean }
}

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../domain/app-error.ts'
import { findNpmTool } from './find-npm-tool.ts'
import { findOnSystem } from './find-on-system.ts'
import { makeExecutable } from './make-executable.ts'
import { FfmpegBroken, FfmpegMissing, FfmpegTooLimited } from './media-errors.ts'
import type { Capabilities, MediaTools, Tool, ToolSource } from './media-tools.ts'
import { parseCapabilities } from './parse-capabilities.ts'
import { parseToolVersion } from './parse-tool-version.ts'
import { runTool } from './run-tool.ts'

export interface MediaToolSettings {
  FFMPEG_PATH?: string | undefined
  FFPROBE_PATH?: string | undefined
}

interface Candidate {
  path: string
  source: ToolSource
}

interface CheckedTool {
  tool: Tool
  build: string
}

interface CheckedFfmpeg extends CheckedTool {
  capabilities: Capabilities
}

/** Builds before this have known holes in the parsers that untrusted files reach. */
const OLD_BUILD_YEAR = 2021
/** A program that can't print its version in this time hangs. */
const ANSWER_SECONDS = 20

const found = new Map<string, Promise<MediaTools>>()

/**
 * The ffmpeg and ffprobe to use: those of the settings, else the system's, else those from npm; looked at once per process.
 * What a setting names is used or refused, never silently replaced; a system's ffmpeg that is broken or lacks libass or
 * libx264 is passed over with a warning.
 * @throws FfmpegMissing | FfmpegBroken | FfmpegTooLimited
 */
export function findMediaTools(
  { FFMPEG_PATH, FFPROBE_PATH }: MediaToolSettings,
  { signal }: { signal?: AbortSignal } = {},
): Promise<MediaTools> {
  const key = JSON.stringify([FFMPEG_PATH, FFPROBE_PATH])
  const known = found.get(key)
  if (known) return known
  const search = lookForMediaTools({ FFMPEG_PATH, FFPROBE_PATH }, signal)
  found.set(key, search)
  // A failure is not kept: the person may install ffmpeg while we run.
  search.catch(() => found.delete(key))
  return search
}

async function lookForMediaTools(settings: MediaToolSettings, signal: AbortSignal | undefined): Promise<MediaTools> {
  const warnings: string[] = []
  const ffmpeg = await firstUsable({
    candidates: await ffmpegCandidates(settings, signal),
    check: (candidate) => checkFfmpeg(candidate, signal),
    missing: new FfmpegMissing('ffmpeg'),
    warnings,
  })
  const ffprobe = await firstUsable({
    candidates: await ffprobeCandidates(settings, ffmpeg.tool, signal),
    check: (candidate) => checkVersion('ffprobe', candidate, signal),
    missing: new FfmpegMissing('ffprobe'),
    warnings,
  })
  for (const { name, tool } of [
    { name: 'ffmpeg', tool: ffmpeg.tool },
    { name: 'ffprobe', tool: ffprobe.tool },
  ]) {
    if (tool.year !== null && tool.year < OLD_BUILD_YEAR) {
      warnings.push(
        `This ${name} was built in ${tool.year}: it works, but lacks years of security fixes. ` +
          'Open only files you trust with it, or install a current one.',
      )
    }
  }
  return {
    ffmpeg: ffmpeg.tool,
    ffprobe: ffprobe.tool,
    capabilities: ffmpeg.capabilities,
    warnings,
    fingerprint: createHash('sha256').update(`${ffmpeg.build}\n\n${ffprobe.build}`).digest('hex').slice(0, 32),
  }
}

async function ffmpegCandidates(settings: MediaToolSettings, signal: AbortSignal | undefined): Promise<Candidate[]> {
  if (settings.FFMPEG_PATH) return [{ path: resolve(settings.FFMPEG_PATH), source: 'setting' }]
  return systemAndNpm('ffmpeg', signal)
}

/** An ffprobe beside the chosen ffmpeg is of the same build, so it comes before the system's. */
async function ffprobeCandidates(
  settings: MediaToolSettings,
  ffmpeg: Tool,
  signal: AbortSignal | undefined,
): Promise<Candidate[]> {
  if (settings.FFPROBE_PATH) return [{ path: resolve(settings.FFPROBE_PATH), source: 'setting' }]
  const beside = join(dirname(ffmpeg.path), process.platform === 'win32' ? 'ffprobe.exe' : 'ffprobe')
  const others = await systemAndNpm('ffprobe', signal)
  return existsSync(beside) ? [{ path: beside, source: ffmpeg.source }, ...others] : others
}

async function systemAndNpm(tool: 'ffmpeg' | 'ffprobe', signal: AbortSignal | undefined): Promise<Candidate[]> {
  const system = await findOnSystem(tool, signal)
  const npm = findNpmTool(tool)
  return [
    ...(system ? [{ path: system, source: 'system' as const }] : []),
    ...(npm && existsSync(npm) ? [{ path: npm, source: 'npm' as const }] : []),
  ]
}

interface Choice<T> {
  candidates: Candidate[]
  check: (candidate: Candidate) => Promise<T>
  missing: AppError
  warnings: string[]
}

async function firstUsable<T>({ candidates, check, missing, warnings }: Choice<T>): Promise<T> {
  let firstFailure: AppError | undefined
  for (const candidate of candidates) {
    try {
      return await check(candidate)
    } catch (error) {
      if (!(error instanceof FfmpegBroken || error instanceof FfmpegTooLimited)) throw error
      firstFailure ??= error
      warnings.push(`${error.message} It was passed over.`)
    }
  }
  throw firstFailure ?? missing
}

async function checkFfmpeg(candidate: Candidate, signal: AbortSignal | undefined): Promise<CheckedFfmpeg> {
  const checked = await checkVersion('ffmpeg', candidate, signal)
  const { path } = checked.tool
  const [filters, encoders] = await Promise.all([
    ask({ path, args: ['-hide_banner', '-filters'], signal }),
    ask({ path, args: ['-hide_banner', '-encoders'], signal }),
  ])
  const capabilities = parseCapabilities({ filters, encoders })
  const lacking = [
    ...(capabilities.ass ? [] : ['libass (captions)']),
    ...(capabilities.libx264 ? [] : ['libx264 (H.264 video)']),
  ]
  if (lacking.length > 0) throw new FfmpegTooLimited(path, lacking)
  return { ...checked, capabilities }
}

async function checkVersion(
  name: 'ffmpeg' | 'ffprobe',
  { path: foundPath, source }: Candidate,
  signal: AbortSignal | undefined,
): Promise<CheckedTool> {
  if (!existsSync(foundPath)) throw new FfmpegBroken(foundPath, { isMissing: true })
  const path = source === 'npm' ? await runnable(foundPath) : foundPath
  const parsed = parseToolVersion(name, await ask({ path, args: ['-version'], signal }))
  if (!parsed) throw new FfmpegBroken(path)
  const { version, year, build } = parsed
  return { tool: { path, version, year, source, env: environmentFor(version) }, build }
}

/**
 * A statically linked build crashes when it loads the system's character set converters, which were made for another libc;
 * ffprobe 2023 from npm did so on every MPEG-TS file on Debian 12. Without them it leaves the text as it is.
 */
function environmentFor(version: string): Record<string, string> {
  return process.platform === 'linux' && version.endsWith('-static') ? { GCONV_PATH: '/nonexistent' } : {}
}

async function runnable(path: string): Promise<string> {
  try {
    return await makeExecutable(path)
  } catch (cause) {
    throw new FfmpegBroken(path, { cause })
  }
}

/** What the program prints. Any way of not answering means that it is broken. */
async function ask({ path, args, signal }: { path: string; args: string[]; signal: AbortSignal | undefined }) {
  const output: Buffer[] = []
  try {
    await runTool({
      command: path,
      args,
      signal,
      timeoutSeconds: ANSWER_SECONDS,
      onStdout: (chunk) => output.push(chunk),
    })
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof FfmpegBroken || !(cause instanceof AppError)) throw cause
    throw new FfmpegBroken(path, { cause, ...(cause.evidence ? { evidence: cause.evidence } : {}) })
  }
  return Buffer.concat(output).toString('utf8')
}

import { statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { sql } from 'kysely'
import { examineLanguageModels, examineSpeech, tryFaceDetector } from '../../compose.ts'
import { commandName } from '../../config/command-name.ts'
import { dataFolder } from '../../config/data-folder.ts'
import { loadSettings } from '../../config/load-settings.ts'
import type { Settings } from '../../config/settings.ts'
import { openDatabase } from '../../database/pool.ts'
import { toErrorRecord } from '../../domain/app-error.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import type { Tool } from '../../media/media-tools.ts'
import { checkModels } from '../models/check-models.ts'
import { createPaint, shouldColour } from '../terminal/create-paint.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { terminalLogger } from '../terminal/terminal-logger.ts'
import { checkLanguageModels } from './check-language-models.ts'
import { checkSynthesiser } from './check-synthesiser.ts'
import { checkTranscribers } from './check-transcribers.ts'
import { checkYtDlp } from './check-yt-dlp.ts'
import { type DoctorCheck, doctorJson, doctorReport } from './doctor-report.ts'

const gigabyte = 1e9
// An hour of 1080p clips is about this much; below it a run may not end.
const leastDisk = 2 * gigabyte
// One 1080p encode takes about 0.6 GB, the rest of us 0.3 GB.
const leastMemory = 1.5 * gigabyte

/** `clipwright doctor`: whether all that is needed is there, each with a way to mend it. Returns the exit status. */
export async function doctor(options: object): Promise<number> {
  const data = 'data' in options && typeof options.data === 'string' ? options.data : undefined
  const json = 'json' in options && options.json === true
  const checks = await examine(data)
  process.stdout.write(
    json
      ? `${JSON.stringify(doctorJson(checks), null, 2)}\n`
      : doctorReport(checks, {
          paint: createPaint(shouldColour(process.stdout)),
          columns: process.stdout.columns || undefined,
          command: commandName(),
        }),
  )
  return checks.some(({ status }) => status === 'fail') ? exitCodes.environment : exitCodes.ok
}

async function examine(data: string | undefined): Promise<DoctorCheck[]> {
  const checks: DoctorCheck[] = [checkNode()]
  const settings = await attempt('settings', checks, async () => loadSettings())
  if (!settings) return checks
  await checkTools(settings, checks)
  await attempt('word times', checks, async () => checks.push(await checkSynthesiser(settings.ESPEAK_PATH)))
  checks.push(await checkYtDlp(settings.YTDLP_PATH))
  const folder = await attempt('data folder', checks, async () => dataFolder({ flag: data, settings }))
  if (folder !== null) {
    checks.push({ name: 'data folder', status: 'ok', found: folder, mend: null })
    await checkDatabase({ settings, folder, checks })
    await checkFaces({ settings, folder, checks })
    checks.push(...checkModels({ folder, settings }))
    await checkDisk(folder, checks)
  }
  checks.push(checkMemory())
  return checks
}

/** What `look` answers, or null after adding its error to the checks. */
async function attempt<T>(name: string, checks: DoctorCheck[], look: () => Promise<T>): Promise<T | null> {
  try {
    return await look()
  } catch (error) {
    const { message, hint, code } = toErrorRecord(error)
    checks.push({ name, status: 'fail', found: `${message} (${code})`, mend: hint ?? null })
    return null
  }
}

function checkNode(): DoctorCheck {
  const major = Number(process.versions.node.split('.')[0])
  const isRight = major >= 24
  return {
    name: 'Node.js',
    status: isRight ? 'ok' : 'fail',
    found: process.version,
    mend: isRight ? null : 'Run it as `npx clipwright`: npm ci brings Node.js 24 along.',
  }
}

async function checkTools(settings: Settings, checks: DoctorCheck[]): Promise<void> {
  const tools = await attempt('ffmpeg', checks, () => findMediaTools(settings))
  if (!tools) return
  const { filters, encoders } = tools.capabilities
  const describe = ({ version, path, source }: Tool) => `${version}, ${whereFrom[source]}: ${path}`
  const isOld = tools.warnings.length > 0
  checks.push({
    name: 'ffmpeg',
    status: isOld ? 'warn' : 'ok',
    found: describe(tools.ffmpeg),
    mend: isOld ? tools.warnings.join(' ') : null,
  })
  checks.push({ name: 'ffprobe', status: 'ok', found: describe(tools.ffprobe), mend: null })
  const optional = ['scdet', 'loudnorm', 'ebur128', 'gblur', 'zscale'].filter((name) => filters.has(name))
  const can = ['captions (libass)', 'H.264 (libx264)', ...optional]
  checks.push({ name: 'ffmpeg can', status: 'ok', found: `${can.join(', ')}; ${encoders.size} encoders`, mend: null })
}

const whereFrom = { setting: 'named by FFMPEG_PATH', system: 'of the system', npm: 'from npm' }

async function checkDatabase(about: { settings: Settings; folder: string; checks: DoctorCheck[] }): Promise<void> {
  const { settings, folder, checks } = about
  const found = await attempt('database', checks, async () => {
    const logger = terminalLogger(settings)
    const database = await openDatabase({ settings, dataFolder: folder, logger })
    try {
      const { rows } = await sql<{ version: string; encoding: string }>`
        select current_setting('server_version') as version, current_setting('server_encoding') as encoding`.execute(
        database.kysely,
      )
      const look = () => examineLanguageModels({ settings, db: database.kysely })
      const models = await attempt('language model', checks, look)
      if (models !== null) checks.push(...checkLanguageModels(models))
      const listen = () => examineSpeech({ settings, db: database.kysely })
      const speech = await attempt('transcriber', checks, listen)
      if (speech !== null) checks.push(...checkTranscribers(speech))
      return rows[0]
    } finally {
      await database.close()
    }
  })
  if (!found) return
  const where = settings.DATABASE_URL === undefined ? 'embedded' : 'of DATABASE_URL'
  checks.push({
    name: 'database',
    status: 'ok',
    found: `PostgreSQL ${found.version}, ${where}, ${found.encoding}`,
    mend: null,
  })
}

async function checkFaces(about: { settings: Settings; folder: string; checks: DoctorCheck[] }): Promise<void> {
  const { settings, folder, checks } = about
  try {
    const { name, version } = await tryFaceDetector({ settings, dataFolder: folder })
    checks.push({ name: 'faces', status: 'ok', found: `${name} ${version}, ${faceModels[name] ?? ''}`, mend: null })
  } catch (error) {
    const { message, hint, code } = toErrorRecord(error)
    // A model that is named must be right; one that can't be run just now only makes worse crops.
    const status = code === 'FACE_MODEL_UNUSABLE' ? 'fail' : 'warn'
    checks.push({ name: 'faces', status, found: `${message} (${code})`, mend: hint ?? null })
  }
}

const faceModels: Record<string, string> = {
  'face-api-ssd': 'the model that comes along (YuNet is faster: docs/guide/framing.md)',
  yunet: 'from a file',
}

async function checkDisk(folder: string, checks: DoctorCheck[]): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const isEnough = free >= leastDisk
  checks.push({
    name: 'disk',
    status: isEnough ? 'ok' : 'warn',
    found: `${(free / gigabyte).toFixed(1)} GB free`,
    mend: isEnough ? null : 'Free some space, or choose a folder on another disk with --data.',
  })
}

function checkMemory(): DoctorCheck {
  const isEnough = totalmem() >= leastMemory
  return {
    name: 'memory',
    status: isEnough ? 'ok' : 'warn',
    found: `${(totalmem() / gigabyte).toFixed(1)} GB, ${(freemem() / gigabyte).toFixed(1)} GB free`,
    mend: isEnough ? null : 'Cut one clip at a time: MAX_CONCURRENT_JOBS=1.',
  }
}

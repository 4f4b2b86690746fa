import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { findWordTimeVoice } from '../../compose.ts'
import { loadSettings } from '../../config/load-settings.ts'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { formatClock } from '../../domain/time-range.ts'
import type { TranscriptVersion } from '../../domain/transcript.ts'
import type { Recording } from '../../library/recordings.store.ts'
import {
  chooseTranscript,
  forgetChosenTranscript,
  listTranscriptVersions,
} from '../../library/transcript-versions.store.ts'
import { getTranscript } from '../../library/transcripts.store.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { measureLoudness } from '../../pipeline/analyze/measure-loudness.ts'
import { writeBeside } from '../../pipeline/conclude/write-beside.ts'
import { goOnWithTranscript } from '../../pipeline/engine/go-on-waiting.ts'
import {
  type ExportFormat,
  transcriptFormats,
  writeTranscript,
} from '../../pipeline/transcribe/exports/write-transcript.ts'
import { readTranscriptFile } from '../../pipeline/transcribe/read-transcript-file.ts'
import { carryTimes } from '../../pipeline/transcribe/versions/carry-times.ts'
import { importTranscript } from '../../pipeline/transcribe/versions/import-transcript.ts'
import { pickTranscript, pickVersion } from '../../pipeline/transcribe/versions/pick-version.ts'
import { readEditedText } from '../../pipeline/transcribe/versions/read-edited-text.ts'
import { renameSpeakers, speakersOf } from '../../pipeline/transcribe/versions/rename-speakers.ts'
import { replacePhrase } from '../../pipeline/transcribe/versions/replace-phrase.ts'
import { saveCorrection } from '../../pipeline/transcribe/versions/save-correction.ts'
import { sayChosen, withoutChosen } from '../../pipeline/transcribe/versions/say-chosen.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import { WrongUsage } from '../clip/clip-options.ts'
import { exitCodeOf } from '../terminal/exit-codes.ts'
import { listenForInterruption } from '../terminal/interruption.ts'
import { printError } from '../terminal/print-error.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'
import { type Said, withLibrary } from '../with-library.ts'
import { findRecording } from './find-recording.ts'
import { readSpeakerNames, readTranscriptOptions, type TranscriptOptions } from './transcript-options.ts'

const by = 'cli'

/** A file is in the way of one to be written. */
export class FileExists extends AppError {
  readonly code = 'FILE_EXISTS'
  constructor(path: string) {
    super(`There is a file ${path} already.`, { hint: 'Choose another name, or add --replace.' })
  }
}

interface About {
  db: Kysely<Tables>
  recording: Recording
  options: TranscriptOptions
}

/** Runs one command on a recording; what it says is printed. Returns the exit status. */
async function about(
  { command, name, given }: { command: string; name: string; given: object },
  work: (about: About) => Promise<Said>,
): Promise<number> {
  let options: TranscriptOptions
  try {
    options = readTranscriptOptions(given, command)
  } catch (error) {
    printError(error, { json: 'json' in given && given.json === true })
    return exitCodeOf(error)
  }
  const store = { data: options.data, json: options.json }
  return withLibrary(store, async (db) => work({ db, recording: await findRecording(db, name), options }))
}

/** `clipwright transcript show RECORDING`: who says what, and when. */
export function showTranscript(name: string, given: object): Promise<number> {
  return about({ command: 'show', name, given }, async ({ db, recording, options }) => {
    const transcript = await pickTranscript(db, { recording, version: options.number ?? null })
    const { version, origin, language, segments, warnings } = transcript
    return {
      json: { recording: recording.title, version, origin, language, warnings, segments },
      lines: segments.map(
        ({ start, speaker, text }) =>
          `${formatClock(start).padStart(7)}  ${sanitiseTerminal(speaker === null ? text : `${speaker}: ${text}`)}`,
      ),
    }
  })
}

/** `clipwright transcript export RECORDING`: prints or writes it as SRT, WebVTT, text or JSON. */
export function exportTranscript(name: string, given: object): Promise<number> {
  return about({ command: 'export', name, given }, async ({ db, recording, options }) => {
    const format = options.format ?? formatOf(options.out) ?? (options.json ? 'json' : 'srt')
    const { version, origin, language, segments } = await pickTranscript(db, {
      recording,
      version: options.number ?? null,
    })
    const { title, duration, contentHash: hash } = recording
    const text = writeTranscript({ recording: { title, duration, hash }, version, origin, language, segments }, format)
    if (options.out === undefined) return { json: { version, format, text }, lines: [text.trimEnd()] }
    const path = resolve(options.out)
    const isThere = await stat(path).then(
      () => true,
      () => false,
    )
    if (isThere && !options.replace) throw new FileExists(path)
    await writeBeside(path, text)
    return { json: { version, format, file: path }, lines: [path] }
  })
}

function formatOf(path: string | undefined): ExportFormat | undefined {
  return transcriptFormats.find((format) => path?.toLowerCase().endsWith(`.${format}`))
}

/** `clipwright transcript import RECORDING FILE`: a file becomes the current version. */
export function importTranscriptOf(name: string, path: string, given: object): Promise<number> {
  return about({ command: 'import', name, given }, async ({ db, recording, options }) => {
    using interruption = listenForInterruption()
    const { signal } = interruption
    const settings = loadSettings()
    const { version, document, runIds } = await importTranscript(
      db,
      {
        ...{ recording, name: basename(path), file: await readTranscriptFile(resolve(path), signal) },
        ...{ replace: options.replace, by, signal },
      },
      {
        openMedia: async () => createMedia({ tools: await findMediaTools(settings, { signal }), signal }),
        findSilences: async (request) => (await measureLoudness(request)).silences,
        findSynthesiser: () => findWordTimeVoice(settings.ESPEAK_PATH),
      },
    )
    return {
      json: { version, segments: document.segments.length, warnings: document.warnings, runs: runIds },
      lines: [
        ...document.warnings.map((warning) => `! ${sanitiseTerminal(warning)}`),
        ...(await sayCurrent(db, { version, what: `imported from ${basename(path)}`, runIds })),
      ],
    }
  })
}

/** `clipwright transcript correct RECORDING FIND REPLACEMENT`, or `--from` a corrected file: times stay. */
export function correctTranscript(name: string, texts: readonly string[], given: object): Promise<number> {
  return about({ command: 'correct', name, given }, async ({ db, recording, options }) => {
    const { from } = options
    const [find, replacement] = texts
    if (
      (from === undefined) !== (find !== undefined && replacement !== undefined) ||
      texts.length > 2 ||
      find?.trim() === ''
    ) {
      throw new WrongUsage(
        ['What is to be found, and what instead of it; or --from a corrected file.'],
        'transcript correct',
      )
    }
    const base = await pickTranscript(db, { recording, version: null })
    if (from !== undefined) return correctFrom({ db, recording, base, from })
    const { language } = base
    const { segments, count } = replacePhrase({ ...base, find: find ?? '', replacement: replacement ?? '', language })
    const times = count === 1 ? 'once' : `${count} times`
    const note =
      replacement?.trim() === '' ? `"${find}" was removed ${times}` : `"${find}" became "${replacement}" ${times}`
    const version = await saveCorrection(db, { recording, base, segments, note, by })
    return { json: { version, note, count }, lines: [sayVersion(version, note)] }
  })
}

interface CorrectFrom {
  db: Kysely<Tables>
  recording: Recording
  base: Awaited<ReturnType<typeof pickTranscript>>
  from: string
}

async function correctFrom({ db, recording, base, from }: CorrectFrom): Promise<Said> {
  const { bytes } = await readTranscriptFile(resolve(from), new AbortController().signal)
  const { language } = base
  const file = basename(from)
  const speakers = speakersOf(base.segments).map((speaker) => speaker.name)
  const edited = readEditedText(bytes, { name: file, language, speakers })
  const { duration } = recording
  const { segments, changes } = carryTimes({ segments: base.segments, edited, language, duration, name: file })
  const note = `${changes} ${changes === 1 ? 'word' : 'words'} corrected from ${file}`
  const version = await saveCorrection(db, { recording, base, segments, note, by })
  return { json: { version, note, changes }, lines: [sayVersion(version, note)] }
}

/** `clipwright transcript speakers RECORDING [OLD=NEW …]`: who speaks, or names for them. */
export function nameSpeakersOf(name: string, renames: readonly string[], given: object): Promise<number> {
  return about({ command: 'speakers', name, given }, async ({ db, recording, options }) => {
    const names = readSpeakerNames(renames)
    const base = await pickTranscript(db, { recording, version: names.size === 0 ? (options.number ?? null) : null })
    if (names.size === 0) {
      const speakers = speakersOf(base.segments)
      const lines = speakers.map(
        ({ name: who, seconds }) => `${formatClock(seconds).padStart(7)}  ${sanitiseTerminal(who)}`,
      )
      return { json: { version: base.version, speakers }, lines }
    }
    const segments = renameSpeakers(base.segments, names)
    const note = [...names].map(([old, now]) => `${old} is ${now}`).join(', ')
    const version = await saveCorrection(db, { recording, base, segments, note, by })
    return { json: { version, note }, lines: [sayVersion(version, note)] }
  })
}

/** `clipwright transcript versions RECORDING`: all of them, the newest first. */
export function listVersions(name: string, given: object): Promise<number> {
  return about({ command: 'versions', name, given }, async ({ db, recording }) => {
    const versions = await listTranscriptVersions(db, recording.id)
    return {
      json: { recording: recording.title, versions: versions.map((version) => ({ ...version, id: undefined })) },
      lines: versions.length === 0 ? ['There is no transcript yet.'] : versions.map(describeVersion),
    }
  })
}

function describeVersion({ version, current, origin, note, basedOn, at, segments }: TranscriptVersion): string {
  const what = note ?? `${origin.kind}: ${origin.name}`
  const base = basedOn === null ? '' : ` (of version ${basedOn})`
  const when = at.toISOString().slice(0, 16).replace('T', ' ')
  return `${current ? '*' : ' '} ${String(version).padStart(3)}  ${when}  ${sanitiseTerminal(what)}${base}, ${segments} sentences`
}

/** `clipwright transcript use RECORDING VERSION`: makes an earlier version current again; so corrections are undone. `auto` leaves it to the next run. */
export function useVersion(name: string, wanted: string, given: object): Promise<number> {
  if (wanted === 'auto') return useAny(name, given)
  return about({ command: 'use', name, given: { ...given, number: wanted } }, async ({ db, recording, options }) => {
    const found = await pickVersion(db, { recording, version: options.number ?? null })
    const { warnings } = await getTranscript(db, found.id)
    const said = [...withoutChosen(warnings), sayChosen(found.note)]
    const runIds = await db.transaction().execute(async (tx) => {
      await chooseTranscript(tx, { id: found.id, recordingId: recording.id, warnings: said })
      return goOnWithTranscript(tx, recording.id)
    })
    const { version, note, origin } = found
    return {
      json: { version, runs: runIds },
      lines: await sayCurrent(db, { version, what: note ?? origin.name, runIds }),
    }
  })
}

function useAny(name: string, given: object): Promise<number> {
  return about({ command: 'use', name, given }, async ({ db, recording }) => {
    const chosen = await forgetChosenTranscript(db, recording.id)
    const before =
      chosen === null
        ? 'No version had been chosen by hand.'
        : `Version ${chosen} is no longer kept to; \`clipwright transcript use\` goes back to it.`
    return {
      json: { version: null, before: chosen },
      lines: [`${before} The next \`clipwright clip\` decides by itself which transcript it uses.`],
    }
  })
}

interface Current {
  version: number
  what: string
  /** Runs that waited for it. */
  runIds: readonly string[]
}

async function sayCurrent(db: Kysely<Tables>, { version, what, runIds }: Current): Promise<string[]> {
  if (runIds.length === 0) return [sayVersion(version, what)]
  const runs = runIds.map((id) => id.slice(0, 8)).join(', ')
  const isAttended = (await livingWorkers(db)).some(({ onlyRun }) => onlyRun === null)
  return [
    `Version ${version} is current: ${sanitiseTerminal(what)}.`,
    runIds.length === 1 ? `Run ${runs} waited for it and goes on.` : `Runs ${runs} waited for it and go on.`,
    ...(isAttended
      ? []
      : ['Nobody works now: give its `clipwright clip` command again, or start `clipwright worker`.']),
  ]
}

function sayVersion(version: number, what: string): string {
  return `Version ${version} is current: ${sanitiseTerminal(what)}. The next \`clipwright clip\` of the recording uses it.`
}

import { z } from 'zod'
import type { ParsedTranscript } from '../transcriber.ts'
import { TranscriptUnreadable } from '../transcript-errors.ts'
import { assemblyaiShape } from './assemblyai-shape.ts'
import { clipwrightShape } from './clipwright-shape.ts'
import { deepgramShape } from './deepgram-shape.ts'
import { isObject, type JsonShape } from './json-shape.ts'
import { podcastingShape } from './podcasting-shape.ts'
import { refuseEndlessTexts } from './refuse-endless-text.ts'
import { whisperCppShape } from './whisper-cpp-shape.ts'
import { whisperShape } from './whisper-shape.ts'

/** Most particular first: our own and WhisperX documents also look like Whisper's. */
const shapes = [clipwrightShape, deepgramShape, podcastingShape, whisperCppShape, assemblyaiShape, whisperShape]

/**
 * Reads a JSON transcript of any shape we know, told apart by content.
 * @throws TranscriptUnreadable when it is no JSON, of no known shape, or has a field of the wrong kind (named by path)
 */
export function parseTranscriptJson(text: string, { name }: { name: string }): ParsedTranscript {
  const { value, warnings } = parseJson(text, name)
  const shape = shapeOf(value)
  if (!shape) throw new TranscriptUnreadable(name, 'is JSON, but not of a transcript shape we know')
  refuseEndlessTexts(value, name)
  try {
    const parsed = shape.read(value)
    return { ...parsed, warnings: [...warnings, ...parsed.warnings] }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    throw new TranscriptUnreadable(name, `looks like ${shape.name} JSON, but ${firstProblem(error)}`, error)
  }
}

/** Whether this text is JSON of a transcript; a JSON file beside a recording may be anything. */
export function isTranscriptJson(text: string): boolean {
  try {
    return shapeOf(parseJson(text, '').value) !== null
  } catch (error) {
    if (error instanceof TranscriptUnreadable) return false
    throw error
  }
}

function shapeOf(value: unknown): JsonShape | null {
  return isObject(value) ? (shapes.find((shape) => shape.recognizes(value)) ?? null) : null
}

/** A bare list is taken for the segments. Python writes NaN, which JSON does not know, where it has no figure. */
function parseJson(text: string, name: string): { value: unknown; warnings: string[] } {
  try {
    return { value: inObject(JSON.parse(text)), warnings: [] }
  } catch (error) {
    const mended = text.replace(/([:[,]\s{0,100})(?:NaN|-?Infinity)(?=\s{0,100}[,}\]])/g, '$1null')
    if (mended === text) throw new TranscriptUnreadable(name, `is not valid JSON (${messageOf(error)})`, error)
    try {
      return { value: inObject(JSON.parse(mended)), warnings: ['Figures that are no numbers (NaN) were left out.'] }
    } catch (again) {
      throw new TranscriptUnreadable(name, `is not valid JSON (${messageOf(again)})`, again)
    }
  }
}

function inObject(value: unknown): unknown {
  return Array.isArray(value) ? { segments: value as unknown[] } : value
}

/** Node quotes the text around the fault, which may hold line ends. */
function messageOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .replace(/\s+/g, ' ')
    .slice(0, 120)
}

function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues
  const more = error.issues.length - 1
  return `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'not as expected'}${more > 0 ? `, and ${more} more` : ''}`
}

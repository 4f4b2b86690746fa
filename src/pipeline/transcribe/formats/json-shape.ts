import { z } from 'zod'
import type { ParsedTranscript } from '../transcriber.ts'

/** One program's way of writing a transcript as JSON. */
export interface JsonShape {
  /** As a person calls it. */
  readonly name: string
  /** By content, from a few fields; names of files say nothing. */
  recognizes(value: Record<string, unknown>): boolean
  /** @throws z.ZodError naming the path of what is not as it should be */
  read(value: unknown): ParsedTranscript
}

/** Engines write null for what they do not know, or leave it out. */
export const maybeNumber = z
  .number()
  .nullish()
  .transform((value) => value ?? null)
export const maybeText = z
  .string()
  .nullish()
  .transform((value) => value ?? null)
/** Speakers are letters, numbers or names. */
export const maybeSpeaker = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)))
/** Outside 0 to 1 it is some other measure. */
export const maybeConfidence = maybeNumber.transform((value) =>
  value !== null && value >= 0 && value <= 1 ? value : null,
)

/** The first element of a list field, when it is an object. */
export function firstOf(list: unknown): Record<string, unknown> | null {
  const first: unknown = Array.isArray(list) ? list.find((element) => element !== null) : null
  return isObject(first) ? first : null
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import { z } from 'zod'

/** Text that the database can hold: no NUL, no half of a surrogate pair. Markup stays what it is, text. */
export function plainText(most: number) {
  return z
    .string()
    .max(most)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'The text has letters that are none.')
}

import { z } from 'zod'
import { type Brand, bookendFits, brandPlaces } from '../domain/brand.ts'

/** Version 1 of the file that `--brand` names. */
export const brandSchemaName = 'clipwright.brand/1'

const fileName = z.string().min(1, 'must be the name of a file')
const between = (least: number, most: number) => {
  const message = `must be ${least} to ${most}`
  return z.number({ error: message }).min(least, message).max(most, message)
}
const oneOf = <const Choices extends readonly string[]>(choices: Choices) =>
  z.enum(choices, { error: `must be one of ${choices.join(', ')}` })
const colour = z
  .string({ error: 'must be a colour like #FFD41F' })
  .regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #FFD41F')
const label = z.string().trim().min(1, 'must not be empty').max(80, 'must have at most 80 letters')

/** Seconds an intro or outro may last: longer ones are what people skip. */
export const longestBookend = 15

const bookend = z.strictObject({
  file: fileName,
  seconds: between(0.5, longestBookend).optional(),
  fit: oneOf(bookendFits).default('blur'),
})

const person = z.strictObject({ speaker: label, name: label, role: label.optional() })

/** `true` asks for a thing as it usually is, `false` for none of it. */
function withUsual<Shape extends z.ZodRawShape>(shape: Shape) {
  const settings = z.strictObject(shape)
  return z
    .union([z.boolean(), settings], { error: 'must be true, false or an object' })
    .transform((value) => (value === true ? settings.parse({}) : value === false ? undefined : value))
}

/** What a person writes; names of files are relative to it. */
export const brandFileSchema = z.strictObject({
  schema: z.literal(brandSchemaName, { error: `must be "${brandSchemaName}"` }),
  /** For the person: the name of the show. */
  name: label.optional(),
  fonts: z.strictObject({ captions: fileName.optional(), titles: fileName.optional() }).default({}),
  colours: z
    .strictObject({
      text: colour.optional(),
      accent: colour.optional(),
      box: colour.optional(),
      background: colour.optional(),
    })
    .default({}),
  logo: z
    .strictObject({
      file: fileName,
      place: oneOf(brandPlaces).default('top-right'),
      size: between(0.03, 0.6).default(0.16),
      margin: between(0, 0.3).default(0.02),
      opacity: between(0.05, 1).default(1),
    })
    .optional(),
  intro: bookend.optional(),
  outro: bookend.optional(),
  lowerThird: withUsual({
    seconds: between(1.5, 10).default(3.5),
    people: z.array(person).max(100).default([]),
  }).optional(),
  progressBar: withUsual({
    place: oneOf(['top', 'bottom']).default('bottom'),
    height: between(0.002, 0.03).default(0.006),
  }).optional(),
  hookTitle: withUsual({ seconds: between(1, 10).default(3) }).optional(),
})

const file = z.object({ path: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
const readBookend = z.object({
  file,
  kind: z.enum(['video', 'still', 'sound']),
  seconds: z.number().positive().max(longestBookend),
  fit: z.enum(bookendFits),
})

/** A brand as a run keeps it: read, checked, and its files named by their content. */
export const brandSettings: z.ZodType<Brand> = z.object({
  fonts: z.object({ captions: file.optional(), titles: file.optional() }),
  colours: z.object({
    text: colour.optional(),
    accent: colour.optional(),
    box: colour.optional(),
    background: colour.optional(),
  }),
  logo: z
    .object({
      file,
      place: z.enum(brandPlaces),
      size: z.number().positive(),
      margin: z.number().min(0),
      opacity: z.number().min(0).max(1),
    })
    .optional(),
  intro: readBookend.optional(),
  outro: readBookend.optional(),
  lowerThird: z.object({ seconds: z.number().positive(), people: z.array(person) }).optional(),
  progressBar: z.object({ place: z.enum(['top', 'bottom']), height: z.number().positive() }).optional(),
  hookTitle: z.object({ seconds: z.number().positive() }).optional(),
})

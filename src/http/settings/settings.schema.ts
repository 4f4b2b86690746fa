import { z } from 'zod'
import type { LibrarySetting } from '../../library/library-settings.store.ts'
import { runDefaults, settleChoices } from '../runs/run-choices.ts'
import { defaultNames, parseDefaults } from './run-defaults.ts'

export const serverSetting = z
  .object({
    name: z.string(),
    meaning: z.string(),
    value: z.union([z.string(), z.number(), z.boolean()]).nullable().describe('In force; null for secrets.'),
    isSecret: z.boolean(),
    isSet: z.boolean().describe('All that is said of a secret.'),
    from: z.enum(['environment', 'usual']).describe('The environment or .env; or nobody said anything.'),
  })
  .meta({ id: 'ServerSetting' })

export const librarySetting = z
  .object({
    name: z.string().describe('As POST /api/v1/runs has it.'),
    meaning: z.string(),
    value: z.unknown().describe('In force; null where nothing is chosen.'),
    from: z.enum(['library', 'usual']),
    changedAt: z.iso.datetime().nullable(),
    changedBy: z.string().nullable(),
  })
  .meta({ id: 'LibrarySetting' })

/** Everything may be left out; null takes the library's own value back. */
export const settingsPatch = z
  .strictObject(
    Object.fromEntries(
      Object.entries(runDefaults.shape).map(([name, schema]) => [name, schema.unwrap().nullable().optional()]),
    ) as {
      [Name in keyof typeof runDefaults.shape]: z.ZodOptional<
        z.ZodNullable<ReturnType<(typeof runDefaults.shape)[Name]['unwrap']>>
      >
    },
  )
  .refine((patch) => Object.keys(patch).length > 0, 'Nothing is to be changed.')

export const settingName = z.object({ name: z.enum(defaultNames as [(typeof defaultNames)[number]]) })

/** Every default with what is in force. */
export function toLibrarySettings(stored: readonly LibrarySetting[]): z.infer<typeof librarySetting>[] {
  const own = parseDefaults(stored)
  const usual = settleChoices({}, own) as Partial<Record<string, unknown>>
  return defaultNames.map((name) => {
    const row = name in own ? stored.find((setting) => setting.name === name) : undefined
    return {
      name,
      meaning: runDefaults.shape[name].description ?? '',
      value: own[name] ?? usual[name] ?? null,
      from: row === undefined ? 'usual' : 'library',
      changedAt: row?.at.toISOString() ?? null,
      changedBy: row?.by ?? null,
    }
  })
}

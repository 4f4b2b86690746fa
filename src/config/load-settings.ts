import { existsSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '../domain/app-error.ts'
import { type Settings, settingsSchema } from './settings.ts'

export class SettingsInvalid extends AppError {
  readonly code = 'SETTINGS_INVALID'
  constructor(problems: string[]) {
    super(`Some settings are not usable: ${problems.join('; ')}.`, {
      hint: 'Correct them in the environment or in .env; .env.example lists them all.',
    })
  }
}

/**
 * The settings of this process, checked and frozen: from the environment, and from `.env` in the working folder where the
 * environment says nothing. The only reader of `process.env`.
 * `defaults` are those of a command that wants others. @throws SettingsInvalid naming every problem at once
 */
export function loadSettings(
  environment: NodeJS.ProcessEnv = environmentWithFile(),
  defaults: Readonly<Record<string, string>> = {},
): Settings {
  const production = environment.NODE_ENV === 'production' ? { DATABASE_POOL_SIZE: '50' } : {}
  const parsed = settingsSchema.safeParse({ ...production, ...defaults, ...environment }, { error: sayProblem })
  if (!parsed.success) throw new SettingsInvalid(problemsOf(parsed.error))
  return Object.freeze(parsed.data)
}

function environmentWithFile(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}

function problemsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

/** In words of ours, where a setting has none of its own. */
function sayProblem(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return `must be a ${issue.expected === 'int' ? 'whole number' : issue.expected}`
  if (issue.code === 'too_small') return `must be ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`
  if (issue.code === 'too_big') return `must be ${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`
  return undefined
}

import { type Settings, settingsSchema } from './settings.ts'

export interface DescribedSetting {
  name: string
  /** What it is for, as `.env.example` says it. */
  meaning: string
  /** In force; null where nothing is set, and for secrets. */
  value: string | number | boolean | null
  isSecret: boolean
  /** Whether a value is in force at all: all that is said of a secret. */
  isSet: boolean
  from: 'environment' | 'usual'
}

/** What must not be seen, by its name: keys, and addresses that may have a password in them. */
const secret = /(?:_KEY|TOKEN|SECRET|PASSWORD)$|^(?:DATABASE|REDIS)_URL$/

/** Every setting of this process with where it comes from, in the order of `.env.example`; of secrets only whether they are set. */
export function describeSettings(settings: Settings, environment: NodeJS.ProcessEnv = process.env): DescribedSetting[] {
  return Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const value = settings[name as keyof Settings] as string | number | boolean | undefined
    const isSecret = secret.test(name)
    const isSet = value !== undefined && value !== ''
    return {
      name,
      meaning: schema.description ?? '',
      value: isSecret || !isSet ? null : withoutPassword(value),
      isSecret,
      isSet,
      from: (environment[name] ?? '') === '' ? 'usual' : 'environment',
    }
  })
}

/** Addresses of servers may carry a name and a password. */
function withoutPassword(value: string | number | boolean): string | number | boolean {
  return typeof value === 'string' ? value.replace(/(?<=:\/\/)[^/@\s]*@/g, '…@') : value
}

/** How jobs of one kind are tried. Light: anyone may import a definition without pulling in the work itself. */
export interface JobDefinition<Name extends string = string> {
  readonly name: Name
  /** How often it is tried in all, the first time included. */
  readonly attempts: number
  /** Seconds before the second try; doubled for each further one. */
  readonly retryDelaySeconds: number
  /** After this many seconds an attempt counts as lost even if its worker still beats. */
  readonly expireInSeconds: number
}

const defaults = { attempts: 3, retryDelaySeconds: 2, expireInSeconds: 3600 }

export function defineJob<const Name extends string>(
  definition: { name: Name } & Partial<JobDefinition>,
): JobDefinition<Name> {
  return Object.freeze({ ...defaults, ...definition })
}

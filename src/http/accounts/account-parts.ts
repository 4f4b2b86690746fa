import type { HttpParts } from '../app.ts'
import { Door } from './door.ts'
import { SignInBrake } from './sign-in-brake.ts'

/** What routes stand on, and who comes in how. */
export interface AccountParts extends HttpParts {
  door: Door
  brake: SignInBrake
}

export function openAccounts({ settings, pipeline, logger }: HttpParts): Pick<AccountParts, 'door' | 'brake'> {
  const { database, dataFolder } = pipeline
  return { door: new Door({ db: database.kysely, settings, dataFolder, logger }), brake: new SignInBrake() }
}

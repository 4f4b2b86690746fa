import type { App, HttpParts } from '../app.ts'
import { Door } from './door.ts'
import { SignInBrake } from './sign-in-brake.ts'

/** What routes stand on, and who comes in how. */
export interface AccountParts extends HttpParts {
  door: Door
  brake: SignInBrake
}

const usualCheckMs = 60_000

/** Who comes in how; looked after until the server closes. */
export function openAccounts(app: App, parts: HttpParts): Pick<AccountParts, 'door' | 'brake'> {
  const { settings, logger, accountCheckMs = usualCheckMs } = parts
  const { database, dataFolder } = parts.pipeline
  const door = new Door({ db: database.kysely, settings, dataFolder, logger })
  const check = setInterval(() => void door.endRevoked(), accountCheckMs)
  app.addHook('onClose', async () => clearInterval(check))
  return { door, brake: new SignInBrake() }
}

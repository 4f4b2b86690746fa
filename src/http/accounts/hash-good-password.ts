import { AppError } from '../../domain/app-error.ts'
import { whatIsWrongWith } from '../../domain/password-rules.ts'

export class PasswordTooWeak extends AppError {
  readonly code = 'PASSWORD_TOO_WEAK'
  constructor(reason: string) {
    super(reason, {
      hint: 'Four words that have nothing to do with each other are easy to keep in mind and hard to guess.',
    })
  }
}

/** A password as it is stored (scrypt, by better-auth). @throws PasswordTooWeak */
export async function hashGoodPassword(password: string, { email }: { email: string }): Promise<string> {
  demandGoodPassword(password, { email })
  const { hashPassword } = await import('better-auth/crypto')
  return hashPassword(password)
}

/** @throws PasswordTooWeak */
export function demandGoodPassword(password: string, { email }: { email: string }): void {
  const wrong = whatIsWrongWith(password, { email })
  if (wrong !== null) throw new PasswordTooWeak(wrong)
}

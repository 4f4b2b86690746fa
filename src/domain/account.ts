/** What an account may do, the least first: a viewer looks, an editor changes, an owner also decides who may. */
export const accountRoles = ['viewer', 'editor', 'owner'] as const
export type AccountRole = (typeof accountRoles)[number]

/** What a key may do at the most, the least first; never more than the account it belongs to. */
export const keyScopes = ['read', 'write', 'admin'] as const
export type KeyScope = (typeof keyScopes)[number]

const roleOfScope: Readonly<Record<KeyScope, AccountRole>> = { read: 'viewer', write: 'editor', admin: 'owner' }

/** The role that both the account and the key allow. */
export function roleWithin(role: AccountRole, scope: KeyScope): AccountRole {
  const allowed = roleOfScope[scope]
  return accountRoles.indexOf(role) < accountRoles.indexOf(allowed) ? role : allowed
}

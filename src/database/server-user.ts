import { readFileSync, statSync } from 'node:fs'

/** A user of the operating system that the server runs as. */
export interface ServerUser {
  uid: number
  gid: number
}

/**
 * Whom the server must run as. PostgreSQL refuses to be root; so as root it runs as the owner of what is there (a data
 * folder of an ordinary user stays theirs), else as `nobody`. Undefined: as ourselves.
 * @param folders most telling first; the ones that do not exist are skipped
 */
export function serverUser(folders: string[]): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  return folders.map(ownerOf).find((owner) => owner !== undefined && owner.uid !== 0) ?? nobodyIn(passwdFile())
}

function ownerOf(folder: string): ServerUser | undefined {
  const found = statSync(folder, { throwIfNoEntry: false })
  return found && { uid: found.uid, gid: found.gid }
}

function passwdFile(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8')
  } catch {
    return ''
  }
}

/**
 * The unprivileged user of a system: 65534 nearly everywhere, 99 on old Red Hats, -2 on macOS (stored unsigned).
 * @param passwd text of /etc/passwd, passwd(5)
 */
export function nobodyIn(passwd: string): ServerUser {
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith('nobody:'))
    ?.split(':')
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])]
  if (!fields?.[2] || !Number.isInteger(uid) || !Number.isInteger(gid) || uid === 0) return { uid: 65534, gid: 65534 }
  return { uid: uid >>> 0, gid: gid >>> 0 }
}

import { readFileSync, statSync } from 'node:fs'

/** A user of the operating system that the server runs as. */
export interface ServerUser {
  uid: number
  gid: number
}

/**
 * Whom the server must run as. PostgreSQL refuses to be root; so as root it runs as the owner of the cluster, or, for a
 * new one, of the data folder (an ordinary user's folder stays theirs), else as `nobody`. Undefined: as ourselves.
 */
export function serverUser({ cluster, dataFolder }: { cluster: string; dataFolder: string }): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const passwd = passwdFile()
  const [current, future] = [ownerOf(cluster), ownerOf(dataFolder)]
  if (current && current.uid !== 0) return current
  // initdb wants its user to have a name
  if (future && future.uid !== 0 && isNamedIn(passwd, future.uid)) return future
  return nobodyIn(passwd)
}

function ownerOf(folder: string): ServerUser | undefined {
  const found = statSync(folder, { throwIfNoEntry: false })
  return found && { uid: found.uid, gid: found.gid }
}

function isNamedIn(passwd: string, uid: number): boolean {
  return passwd.split('\n').some((line) => line.split(':')[2] === String(uid))
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

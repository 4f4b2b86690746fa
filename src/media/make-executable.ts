import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, chmod, copyFile, lstat, mkdir, rename, stat } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { basename, join } from 'node:path'

/**
 * Gives a path at which this program can be run: npm may have unpacked it without the right to (ffprobe comes readable by
 * all but runnable by its owner only, and install scripts that would mend it often don't run). Mended in place where that is
 * allowed, else a private copy is made once and reused.
 * @throws the file system's error when neither works
 */
export async function makeExecutable(path: string): Promise<string> {
  if (await isExecutable(path)) return path
  try {
    await chmod(path, 0o755)
    return path
  } catch {
    return copyForThisUser(path)
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

async function copyForThisUser(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  const folder = await privateFolder()
  // Named by what it is a copy of, so that an update of the package makes a new one.
  const copy = join(folder, `${size}-${Math.round(mtimeMs)}-${basename(path)}`)
  if (await isExecutable(copy)) return copy
  const unfinished = `${copy}.${randomUUID()}.part`
  await copyFile(path, unfinished)
  await chmod(unfinished, 0o700)
  await rename(unfinished, copy)
  return copy
}

/** Others can write in the temporary folder, so a program is only run from a folder there that is ours alone. */
async function privateFolder(): Promise<string> {
  const { uid, username } = userInfo()
  const folder = join(tmpdir(), `clipwright-${uid < 0 ? username : uid}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  const ours = found.isDirectory() && (uid < 0 || (found.uid === uid && (found.mode & 0o022) === 0))
  if (!ours) throw new Error(`${folder} belongs to somebody else, no program can be copied there.`)
  return folder
}

import { constants } from 'node:fs'
import { copyFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { sha256OfFile } from '../../media/sha256-of-file.ts'

// What a broken attempt can leave behind is found again by this ending.
const unfinished = '.clipwright-part'

/** Writes a text so that the name shows either the old content or all of the new. */
export async function writeBeside(path: string, text: string): Promise<void> {
  await orNothing(partOf(path), async (part) => {
    await writeFile(part, text)
    await rename(part, path)
  })
}

/** Copies a file so that the name shows either the old content or all of the new; does nothing when it is there already. */
export async function copyBeside(from: string, to: string): Promise<void> {
  if (await isSame(from, to)) return
  await orNothing(partOf(to), async (part) => {
    await copyFile(from, part, constants.COPYFILE_FICLONE)
    await rename(part, to)
  })
}

/** A disk that is full must not stay full of our half of a file. */
async function orNothing(part: string, work: (part: string) => Promise<void>): Promise<void> {
  try {
    await work(part)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Removes what a process that was killed left half-written in a folder. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(unfinished)) await rm(join(folder, name), { force: true })
  }
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [sizeOfA, sizeOfB] = await Promise.all(
    [a, b].map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => -1,
      ),
    ),
  )
  return sizeOfA === sizeOfB && sizeOfA !== -1 && (await sha256OfFile(a)) === (await sha256OfFile(b))
}

function partOf(path: string): string {
  return join(dirname(path), `.${basename(path)}${unfinished}`)
}

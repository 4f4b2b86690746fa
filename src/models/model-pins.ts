import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const schema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/))
const fileName = '.first-seen.json'

/** Checksums of what came the first time, where nobody published any, by the file's name. They outlive the model. */
export async function pinOf(folder: string, name: string): Promise<string | null> {
  return (await read(folder))[name] ?? null
}

export async function pin(folder: string, name: string, sha256: string): Promise<void> {
  const pins = await read(folder)
  if (pins[name] !== undefined) return
  const path = join(folder, fileName)
  await writeFile(`${path}.${process.pid}`, `${JSON.stringify({ ...pins, [name]: sha256 }, null, 2)}\n`)
  await rename(`${path}.${process.pid}`, path)
}

async function read(folder: string): Promise<Record<string, string>> {
  try {
    return schema.parse(JSON.parse(await readFile(join(folder, fileName), 'utf8')))
  } catch {
    return {}
  }
}

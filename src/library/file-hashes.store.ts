import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** What tells a file from a changed one without reading it. */
export interface FileIdentity {
  path: string
  sizeBytes: number
  modifiedMs: number
  inode: string
}

/** The SHA-256 a file had when it was last read, if nothing about it has changed since. */
export async function findFileHash(db: Kysely<Tables>, file: FileIdentity): Promise<string | null> {
  const row = await db
    .selectFrom('file_hashes')
    .select('content_hash')
    .where('path', '=', file.path)
    .where('size_bytes', '=', file.sizeBytes)
    .where('modified_ms', '=', file.modifiedMs)
    .where('inode', '=', file.inode)
    .executeTakeFirst()
  return row?.content_hash ?? null
}

export async function saveFileHash(db: Kysely<Tables>, file: FileIdentity, contentHash: string): Promise<void> {
  const facts = {
    size_bytes: file.sizeBytes,
    modified_ms: file.modifiedMs,
    inode: file.inode,
    content_hash: contentHash,
  }
  await db
    .insertInto('file_hashes')
    .values({ path: file.path, ...facts })
    .onConflict((conflict) => conflict.column('path').doUpdateSet(facts))
    .execute()
}

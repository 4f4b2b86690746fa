import { readdir } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { type Migration, type MigrationResultSet, Migrator, NO_MIGRATIONS } from 'kysely/migration'
import { AppError } from '../domain/app-error.ts'

export class MigrationFailed extends AppError {
  readonly code = 'MIGRATION_FAILED'
  constructor({ name, cause }: { name: string | undefined; cause: unknown }) {
    super(`The database could not be brought up to date${name ? `: step ${name} failed` : ''}.`, {
      hint: 'Nothing was changed: all steps of an update are taken together or not at all. Please report this with the evidence.',
      cause,
      evidence: { output: cause instanceof Error ? cause.message : String(cause) },
    })
  }
}

export class DatabaseNewer extends AppError {
  readonly code = 'DATABASE_NEWER'
  constructor(unknown: string[]) {
    super(`The database was made by a newer version of Clipwright (it has ${unknown.join(', ')}).`, {
      hint: 'Update Clipwright, or use another folder with --data.',
    })
  }
}

/** Beside `src/` in a checkout and beside `dist/` in a package. */
const usualFolder = fileURLToPath(new URL('../../migrations/', import.meta.url))
/** `0001-pipeline.ts`; the name without its ending is what the database records. */
const MIGRATION_FILE = /^(\d{4}-[a-z0-9-]+)\.[jt]s$/

interface MigrateOptions {
  /** Folder of `NNNN-name.ts` files, each exporting `up(db)` and `down(db)`. */
  folder?: string
}

/**
 * Brings the database up to this version, in one transaction and one process at a time (the migrator holds a lock;
 * who comes second finds nothing left to do).
 * @returns the names of what was done, oldest first
 * @throws MigrationFailed | DatabaseNewer
 */
export async function migrateUp<Tables>(
  db: Kysely<Tables>,
  { folder = usualFolder }: MigrateOptions = {},
): Promise<string[]> {
  const migrator = await migratorFor(db, folder)
  return names(await migrator.migrateToLatest())
}

/**
 * What `migrateUp` would do, oldest first.
 * @throws DatabaseNewer
 */
export async function pendingMigrations<Tables>(
  db: Kysely<Tables>,
  { folder = usualFolder }: MigrateOptions = {},
): Promise<string[]> {
  const migrator = await migratorFor(db, folder)
  const migrations = await migrator.getMigrations()
  return migrations.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
}

/**
 * Takes the newest `steps` migrations back, or all of them, with everything stored in what they made.
 * @returns the names of what was undone, newest first
 * @throws MigrationFailed | DatabaseNewer
 */
export async function migrateDown<Tables>(
  db: Kysely<Tables>,
  { steps, folder = usualFolder }: MigrateOptions & { steps: number | 'all' },
): Promise<string[]> {
  const migrator = await migratorFor(db, folder)
  if (steps === 'all') return names(await migrator.migrateTo(NO_MIGRATIONS))
  const undone: string[] = []
  for (let step = 0; step < steps; step += 1) undone.push(...names(await migrator.migrateDown()))
  return undone
}

async function migratorFor<Tables>(db: Kysely<Tables>, folder: string): Promise<Migrator> {
  const migrations = await loadMigrations(folder)
  await refuseNewer(db, migrations)
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
}

/** Node runs the files as they are, so nothing has to be built. */
async function loadMigrations(folder: string): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {}
  for (const file of (await readdir(folder)).sort()) {
    const name = MIGRATION_FILE.exec(file)?.[1]
    if (name) migrations[name] = (await import(new URL(file, folderUrl(folder)).href)) as Migration
  }
  return migrations
}

function folderUrl(folder: string): URL {
  return pathToFileURL(folder.endsWith('/') ? folder : `${folder}/`)
}

async function refuseNewer<Tables>(db: Kysely<Tables>, migrations: Record<string, Migration>): Promise<void> {
  const { rows: tables } = await sql<{
    there: boolean
  }>`select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (!tables[0]?.there) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const unknown = rows.map(({ name }) => name).filter((name) => !(name in migrations))
  if (unknown.length > 0) throw new DatabaseNewer(unknown)
}

function names({ error, results = [] }: MigrationResultSet): string[] {
  if (error !== undefined) {
    throw new MigrationFailed({ name: results.find(({ status }) => status === 'Error')?.migrationName, cause: error })
  }
  return results.map(({ migrationName }) => migrationName)
}

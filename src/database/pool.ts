import { Client } from 'pg'
import type { Settings } from '../config/settings.ts'
import type { Logger } from '../observability/logger.ts'
import { connect, type Database } from './connect.ts'
import { DatabaseUnreachable, DatabaseVersionUnsupported } from './database-errors.ts'
import { startEmbeddedServer } from './embedded-server.ts'

interface OpenDatabaseOptions {
  settings: Pick<Settings, 'DATABASE_URL' | 'DATABASE_POOL_SIZE'> & Partial<Pick<Settings, 'SLOW_QUERY_MS'>>
  /** An existing folder; the embedded server keeps its data below it. */
  dataFolder: string
  logger: Logger
  signal?: AbortSignal
}

/** The oldest that still gets security fixes, and that we have tried. */
const OLDEST_SERVER = 15
/** A server that does not take a connection within this is away; long enough for one on the other side of the world. */
const PATIENCE_MS = 10_000

/**
 * The database of this process: the server of DATABASE_URL, else the embedded one of the data folder.
 * @throws DatabaseUnreachable | DatabaseVersionUnsupported with DATABASE_URL, else what startEmbeddedServer throws
 */
export async function openDatabase({ settings, dataFolder, logger, signal }: OpenDatabaseOptions): Promise<Database> {
  const ours = { poolSize: settings.DATABASE_POOL_SIZE, slowQueryMs: settings.SLOW_QUERY_MS, logger }
  if (settings.DATABASE_URL !== undefined) {
    await checkServer(settings.DATABASE_URL)
    return connect({ connection: { connectionString: settings.DATABASE_URL }, ...ours })
  }
  const server = await startEmbeddedServer({ dataFolder, logger, ...(signal && { signal }) })
  return connect({ connection: server.connection, ...ours, afterClose: () => server.release() })
}

async function checkServer(url: string): Promise<void> {
  const where = withoutSecrets(url)
  const found = await serverVersion(url).catch((cause: unknown) => {
    throw new DatabaseUnreachable({ where, cause })
  })
  if (found >= OLDEST_SERVER) return
  throw new DatabaseVersionUnsupported({
    where,
    found: String(found),
    needed: `${OLDEST_SERVER} or newer`,
    hint: 'Point DATABASE_URL at a newer server, or leave it empty to use the embedded one.',
  })
}

async function serverVersion(url: string): Promise<number> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS })
  client.on('error', () => undefined) // it rejects what is under way, too
  try {
    await client.connect()
    const { rows } = await client.query<{ number: string }>("select current_setting('server_version_num') as number")
    return Math.floor(Number(rows[0]?.number) / 10_000)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Host and database of a connection URL; never the user, the password or the options. */
export function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL'
  const { host, pathname, searchParams } = new URL(url)
  return `${searchParams.get('host') ?? (host || 'localhost')}${pathname}`
}

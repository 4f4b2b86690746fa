import { SOCKET_PORT } from './cluster.ts'
import { FOLDER_SETTING } from './postmaster.ts'

/** Where a server listens: a socket in a private folder, or (Windows) a port of this machine only. */
export type Listening = { socketFolder: string } | { loopbackPort: number }

interface ServerSettingsOptions {
  /** The server's data folder as it sees it. */
  dataFolder: string
  /** The cluster's real path, for people who read `ps` and for us. */
  cluster: string
  listening: Listening
  extra?: Record<string, string>
}

/**
 * The server's command line. Settings stand here and not in postgresql.conf, so that a new version of Clipwright
 * brings its own and an edited file can't take the socket or the safety away.
 */
export function serverArguments({ dataFolder, cluster, listening, extra = {} }: ServerSettingsOptions): string[] {
  const settings = { ...usual, ...extra, ...addressSettings(listening), [FOLDER_SETTING]: cluster }
  return ['-D', dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

const usual = {
  // one process of ours opens up to DATABASE_POOL_SIZE (50 in production) and four more; three of them share the server, and one more
  // connection costs it some kilobytes while nobody uses it
  max_connections: '200',
  // a small machine also has a video encoder to feed; the system's own page cache does the rest
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  // a page from anywhere costs little more than the next one: disks without heads, and the page cache
  random_page_cost: '1.1',
  // little to replay: a start after a crash takes seconds, not minutes
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  fsync: 'on',
  // no just-in-time compiler in the package; no extra processes for reading
  jit: 'off',
  io_method: 'sync',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  // nobody replicates this server, but a base backup may want to
  max_logical_replication_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // errors only, without the statements (they hold people's words), to the file we give it
  logging_collector: 'off',
  log_destination: 'stderr',
  log_checkpoints: 'off',
  log_min_error_statement: 'panic',
  // a client that was killed in the middle of a transaction must not hold its locks for two hours
  client_connection_check_interval: '2s',
}

function addressSettings(listening: Listening): Record<string, string> {
  if ('loopbackPort' in listening) {
    return { listen_addresses: '127.0.0.1', port: String(listening.loopbackPort), unix_socket_directories: '' }
  }
  return {
    listen_addresses: '',
    port: String(SOCKET_PORT),
    unix_socket_directories: `"${listening.socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
  }
}

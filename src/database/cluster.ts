import { join } from 'node:path'

/**
 * Where the embedded server keeps its things inside a data folder:
 *
 *     <data folder>/postgresql/          ours, 0700
 *       cluster/                         PostgreSQL's own folder, belongs to the server's user
 *       password                         of the role below, 0600
 *       server.log                       what the server said
 *
 * `postgresql/` appears by one rename, complete with a working cluster and its password, or not at all.
 */
export interface ClusterPaths {
  folder: string
  cluster: string
  password: string
  log: string
}

export function clusterPaths(folder: string): ClusterPaths {
  return {
    folder,
    cluster: join(folder, 'cluster'),
    password: join(folder, 'password'),
    log: join(folder, 'server.log'),
  }
}

/** The role that owns everything, and the database it is in. */
export const ROLE = 'clipwright'
export const DATABASE = 'clipwright'
/** Always there after initdb; clients meet here before `clipwright` exists. */
export const MAINTENANCE_DATABASE = 'postgres'
/** Only one server on a socket folder, so the usual number names the socket file `.s.PGSQL.5432`. */
export const SOCKET_PORT = 5432
/** What the optional packages bring; a cluster of another major version can't be opened by it. */
export const MAJOR_VERSION = '18'

import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Settings } from '../../config/settings.ts'
import { splitList } from '../../config/split-list.ts'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { findUpload, type Upload } from '../../library/uploads.store.ts'
import { isThisMachine } from '../plugins/access.ts'
import { BadRequest } from '../problem.ts'
import { ownerOf } from '../uploads/upload-owner.ts'

/** Who asks from elsewhere named a file of the server's machine. Whether there is one is not told. */
export class PathNotAllowed extends AppError {
  readonly code = 'PATH_NOT_ALLOWED'
  constructor() {
    super('Files of the machine that runs the server can be named from that machine alone.', {
      hint: 'Upload the file, or have its folder listed in MEDIA_FOLDERS.',
    })
  }
}

/** What is named is no upload of yours, is not all here yet, or is of another kind. */
export class UploadNotUsable extends AppError {
  readonly code = 'UPLOAD_NOT_USABLE'
  constructor(id: string, kind: Upload['kind']) {
    super(`There is no upload ${id} that is here and a file of the kind "${kind}".`, {
      hint: `Upload it with the metadata kind ${kind} first (docs/guide/uploads.md).`,
    })
  }
}

/** Files that a request may name, by path or by upload. */
export interface NamedFiles {
  /** The same path. @throws PathNotAllowed */
  allowPath(path: string): Promise<string>
  /** Where the content of an upload lies. @throws UploadNotUsable */
  pathOfUpload(id: string, kind: Upload['kind']): Promise<string>
  /** Either an upload of the kind asset or a path. @throws PathNotAllowed | UploadNotUsable | BadRequest */
  pathOf(named: string): Promise<string>
  /** Uploads that were named, and what they are called. */
  readonly used: ReadonlyMap<string, Upload>
}

interface Naming {
  db: Kysely<Tables>
  owner: string | null
  /** Folders anybody may name files of; null: any file, for whoever asks is on this machine. */
  folders: readonly string[] | null
}

/** Whoever asks from this machine may name any file of it, as on its command line; others what lies in MEDIA_FOLDERS, and what they uploaded. */
export function filesOf(
  request: FastifyRequest,
  { db, settings }: { db: Kysely<Tables>; settings: Pick<Settings, 'MEDIA_FOLDERS' | 'TRUST_PROXY'> },
): NamedFiles {
  const isHere = isThisMachine(request, { believesProxies: settings.TRUST_PROXY !== undefined })
  return nameFiles({ db, owner: ownerOf(request), folders: isHere ? null : splitList(settings.MEDIA_FOLDERS) })
}

const neither = 'is neither the id of an upload nor an absolute path'

export function nameFiles({ db, owner, folders }: Naming): NamedFiles {
  const used = new Map<string, Upload>()
  const allowPath = async (path: string) => {
    if (folders !== null && !(await isWithin(path, folders))) throw new PathNotAllowed()
    return path
  }
  const pathOfUpload = async (id: string, kind: Upload['kind']) => {
    const found = await findUpload(db, id)
    const isMine = found !== null && (found.owner === null || found.owner === owner)
    const isHere = found?.status === 'whole' || found?.status === 'begun'
    if (!isMine || !isHere || found.kind !== kind || found.path === null) throw new UploadNotUsable(id, kind)
    used.set(id, found)
    return found.path
  }
  return {
    allowPath,
    pathOfUpload,
    async pathOf(named) {
      if (z.uuid().safeParse(named).success) return pathOfUpload(named, 'asset')
      if (!isAbsolute(named)) throw new BadRequest([{ path: named.slice(0, 100), message: neither }])
      return allowPath(named)
    },
    used,
  }
}

/** Where it really is, so that no link leads out. */
async function isWithin(path: string, folders: readonly string[]): Promise<boolean> {
  const place = await realpath(path).catch(() => null)
  if (place === null) return false
  for (const folder of folders) {
    const way = relative(await realpath(folder).catch(() => folder), place)
    if (way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return true
  }
  return false
}

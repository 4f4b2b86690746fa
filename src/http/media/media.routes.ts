import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import { z } from 'zod'
import { renderingFiles } from '../../pipeline/rendering-files.ts'
import type { App, HttpParts } from '../app.ts'
import { NotFound } from '../problem.ts'
import { asAttachment } from './as-attachment.ts'

const types = {
  mp4: 'video/mp4',
  jpg: 'image/jpeg',
  srt: 'application/x-subrip; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
} as const
const endings = ['mp4', 'jpg', 'srt', 'vtt'] as const

/**
 * The files of renderings, in ranges where asked. Their names are hashes of all that went in, so that they never change and may be kept for ever;
 * a name that is none reaches no file system.
 */
export async function mediaRoutes(app: App, { pipeline: { dataFolder } }: HttpParts): Promise<void> {
  // Only for `sendFile`: nothing is served by its place in a folder.
  await app.register(fastifyStatic, { root: dataFolder, serve: false })
  app.get(
    '/api/v1/renderings/:key.:ending',
    {
      config: { may: 'viewer' },
      schema: {
        tags: ['clips'],
        summary: 'A file of a clip: the video, its picture, its captions',
        params: z.object({ key: z.string().regex(/^[0-9a-f]{64}$/), ending: z.enum(endings) }),
        querystring: z.object({ download: z.string().max(200).optional().describe('A name to save it under.') }),
      },
    },
    async ({ params: { key, ending }, query: { download }, raw }, reply) => {
      const path = renderingFiles(dataFolder, key)[ending]
      const bytes = await sizeOfOwn(path, dataFolder)
      if (bytes === null) throw new NotFound('This file')
      // More of its end than there is: all of it (RFC 9110, 14.1.2), which the library refuses.
      if (Number(/^bytes=-(\d{1,15})$/.exec(raw.headers.range ?? '')?.[1]) >= bytes) delete raw.headers.range
      if (download !== undefined) reply.header('content-disposition', asAttachment(`${download}.${ending}`))
      reply.type(types[ending])
      return reply.sendFile(basename(path), dirname(path), { maxAge: '1y', immutable: true })
    },
  )
}

/** Bytes of a file that is where it should be; null for a link, or what is reached by one that leads out of the folder of renderings. */
async function sizeOfOwn(path: string, dataFolder: string): Promise<number | null> {
  try {
    const [found, place, root] = [
      await lstat(path),
      await realpath(path),
      await realpath(join(dataFolder, 'renderings')),
    ]
    return found.isFile() && place.startsWith(root + sep) ? found.size : null
  } catch {
    return null
  }
}

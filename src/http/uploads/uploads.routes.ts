import { z } from 'zod'
import { countUploads, listUploads } from '../../library/uploads.store.ts'
import type { App, HttpParts } from '../app.ts'
import { countedPageOf, fromCursor, pageQuery, toPage } from '../paging.ts'
import { plainRoutes } from './plain.routes.ts'
import { recoverUploads, trustOnlyTheDisk } from './recover-uploads.ts'
import { tusRoutes } from './tus.routes.ts'
import { createUploadDesk, type UploadDesk } from './upload-desk.ts'
import { ownerOf, uploadOf } from './upload-owner.ts'
import { uploadRoom, whatIsFull } from './upload-room.ts'
import { limitsQuery, toUploadView, uploadLimits, uploadView } from './uploads.schema.ts'

const tags = ['uploads']
const byId = z.object({ id: z.uuid() })
// Milliseconds between two looks at what waits or has run out.
const lookEvery = 5000

/** Recordings that are sent here: by tus, piece by piece, or as a form. */
export async function uploadRoutes(app: App, parts: HttpParts): Promise<void> {
  const desk = createUploadDesk(parts)
  const { db, settings } = desk
  app.get(
    '/api/v1/uploads/limits',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'How much room there is, and what is full, before an upload begins',
        querystring: limitsQuery,
        response: { 200: uploadLimits },
      },
    },
    async ({ query: { bytes } }) => {
      const room = await uploadRoom(desk)
      const full = whatIsFull(room, bytes).map(({ code, message, hint }) => ({ code, message, hint }))
      return { ...room, expiryHours: settings.UPLOAD_EXPIRY_HOURS, full }
    },
  )
  app.get(
    '/api/v1/uploads',
    {
      config: { may: 'editor' },
      schema: {
        tags,
        summary: 'Your uploads, the newest first',
        querystring: pageQuery.extend({
          kind: uploadView.shape.kind.optional(),
          status: uploadView.shape.status.optional(),
        }),
        response: { 200: countedPageOf(uploadView) },
      },
    },
    async (request) => {
      const { limit, cursor, ...only } = request.query
      const which = { ...only, owner: ownerOf(request) }
      const before = cursor === undefined ? undefined : fromCursor(cursor)
      const [rows, total] = await Promise.all([
        listUploads(db, { ...which, limit: limit + 1, before }),
        before === undefined ? countUploads(db, which) : null,
      ])
      return { ...toPage(rows, { limit, placeOf: ({ place, id }) => ({ at: place, id }), view: toUploadView }), total }
    },
  )
  app.get(
    '/api/v1/uploads/:id',
    {
      config: { may: 'editor' },
      exposeHeadRoute: false,
      schema: { tags, summary: 'How an upload stands', params: byId, response: { 200: uploadView } },
    },
    async (request) => toUploadView(await uploadOf(desk, request.params.id, request)),
  )
  await app.register(async (scope: App) => tusRoutes(scope, desk))
  await app.register(async (scope: App) => plainRoutes(scope, desk))
  keepLooking(app, desk)
}

/** What a crash left and what waits is gone on with, from the start of the server to its end. */
function keepLooking(app: App, desk: UploadDesk): void {
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()
  let isClosing = false
  const look = () => {
    round = recoverUploads(desk)
      .catch((error: unknown) => desk.logger.warn({ err: error }, 'uploads could not be looked at; trying again soon'))
      .then(() => {
        if (!isClosing) timer = setTimeout(look, lookEvery).unref()
      })
  }
  app.addHook('onReady', async () => {
    await trustOnlyTheDisk(desk)
    look()
  })
  app.addHook('preClose', async () => {
    isClosing = true
    clearTimeout(timer)
    await desk.locks.close()
    await round
  })
}

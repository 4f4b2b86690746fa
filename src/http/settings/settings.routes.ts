import { z } from 'zod'
import { describeSettings } from '../../config/describe-settings.ts'
import { getLibrarySettings } from '../../library/library-settings.store.ts'
import { callerId } from '../accounts/caller.ts'
import type { App, HttpParts } from '../app.ts'
import { changeRunDefaults } from './run-defaults.ts'
import { librarySetting, serverSetting, settingName, settingsPatch, toLibrarySettings } from './settings.schema.ts'

const tags = ['settings']
const list = z.object({ items: z.array(librarySetting) })

/** What runs of this library are like where nobody says otherwise, and what the server was started with. */
export function settingRoutes(app: App, { pipeline, settings }: HttpParts): void {
  const db = pipeline.database.kysely
  const current = async () => ({ items: toLibrarySettings(await getLibrarySettings(db)) })
  app.get(
    '/api/v1/settings',
    {
      config: { may: 'viewer' },
      schema: { tags, summary: 'What runs are like where nobody asks otherwise', response: { 200: list } },
    },
    current,
  )
  app.patch(
    '/api/v1/settings',
    {
      config: { may: 'owner' },
      schema: {
        tags,
        summary: 'Change some of them, for all runs that begin from now on; null for as usual',
        body: settingsPatch,
        response: { 200: list },
      },
    },
    async (request) => {
      await changeRunDefaults(db, { changed: request.body, by: callerId(request) })
      return current()
    },
  )
  app.delete(
    '/api/v1/settings/:name',
    {
      config: { may: 'owner' },
      schema: { tags, summary: 'Take one back: it is as usual again', params: settingName, response: { 200: list } },
    },
    async (request) => {
      await changeRunDefaults(db, { changed: { [request.params.name]: null }, by: callerId(request) })
      return current()
    },
  )
  app.get(
    '/api/v1/settings/server',
    {
      config: { may: 'owner' },
      schema: {
        tags,
        summary: 'What the server was started with; a change needs its environment and a restart',
        response: { 200: z.object({ items: z.array(serverSetting) }) },
      },
    },
    async () => ({ items: describeSettings(settings) }),
  )
}

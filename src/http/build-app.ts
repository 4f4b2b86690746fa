import compress from '@fastify/compress'
import etag from '@fastify/etag'
import Fastify, { type FastifyBaseLogger, type FastifyServerOptions, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { trustedProxies } from '../config/access-settings.ts'
import { type AccountParts, openAccounts } from './accounts/account-parts.ts'
import { accountRoutes } from './accounts/accounts.routes.ts'
import { ownAccountRoutes } from './accounts/own-account.routes.ts'
import { signInRoutes } from './accounts/sign-in.routes.ts'
import { adminRoutes } from './admin/admin.routes.ts'
import { deadLetterRoutes } from './admin/dead-letters.routes.ts'
import { statsRoutes } from './admin/stats.routes.ts'
import { workerRoutes } from './admin/workers.routes.ts'
import type { App, HttpParts } from './app.ts'
import { clipRoutes } from './clips/clips.routes.ts'
import { editRoutes } from './clips/edits.routes.ts'
import { dashboardRoutes } from './dashboard/dashboard.routes.ts'
import { documentRoutes } from './document.ts'
import { eventRoutes } from './events/events.routes.ts'
import { exportRoutes } from './exports/exports.routes.ts'
import { feedbackRoutes } from './feedback/feedback.routes.ts'
import { healthRoutes } from './health/health.routes.ts'
import { mediaRoutes } from './media/media.routes.ts'
import { metricsRoutes } from './metrics/metrics.routes.ts'
import { momentRoutes } from './moments/moments.routes.ts'
import { pageRoutes } from './page/page.routes.ts'
import { demandRoles, guardAccess } from './plugins/access.ts'
import { answerBadAddress, answerBrokenLine } from './plugins/broken-requests.ts'
import { answerErrors } from './plugins/errors.ts'
import { setSafeHeaders } from './plugins/headers.ts'
import { heedIfMatch } from './plugins/if-match.ts'
import { readJsonStrictly } from './plugins/json-body.ts'
import { answerOnce } from './plugins/once.ts'
import { createRateLimits } from './plugins/rate-limit.ts'
import { readQueriesStrictly } from './plugins/strict-queries.ts'
import { timeRequests } from './plugins/timing.ts'
import { recordingRoutes } from './recordings/recordings.routes.ts'
import { renderingRoutes } from './renderings/renderings.routes.ts'
import { runRoutes } from './runs/runs.routes.ts'
import { searchRoutes } from './search/search.routes.ts'
import { settingRoutes } from './settings/settings.routes.ts'
import { styleRoutes } from './styles/styles.routes.ts'
import { transcriptRoutes } from './transcripts/transcripts.routes.ts'
import { uploadRoutes } from './uploads/uploads.routes.ts'

// Bytes. What is larger is a recording, and goes through uploads.
const largestBody = 1_000_000

// All schemas are zod's: unless told, Fastify loads two compilers of its own, too. It knows no schemas but those of JSON by type.
const schemaController = {
  compilersFactory: { buildValidator: () => validatorCompiler, buildSerializer: () => serializerCompiler },
} as unknown as NonNullable<FastifyServerOptions['schemaController']>

/** All routes, one line for each noun. */
const routes: readonly ((app: App, parts: AccountParts) => void | Promise<void>)[] = [
  healthRoutes,
  signInRoutes,
  ownAccountRoutes,
  accountRoutes,
  recordingRoutes,
  mediaRoutes,
  runRoutes,
  eventRoutes,
  metricsRoutes,
  dashboardRoutes,
  pageRoutes,
  transcriptRoutes,
  momentRoutes,
  searchRoutes,
  feedbackRoutes,
  adminRoutes,
  deadLetterRoutes,
  statsRoutes,
  workerRoutes,
  uploadRoutes,
  settingRoutes,
  clipRoutes,
  editRoutes,
  renderingRoutes,
  exportRoutes,
  styleRoutes,
]

/** The server with all its routes, ready to listen or to be injected into. */
export async function buildApp(parts: HttpParts): Promise<App> {
  const app: App = Fastify({
    loggerInstance: parts.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: largestBody,
    // Unless it is named, no proxy is trusted: what a request says of where it comes from would be believed.
    trustProxy: trustedProxies(parts.settings),
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerBrokenLine,
    schemaController,
  })
  timeRequests(app, { slowMs: parts.settings.SLOW_REQUEST_MS })
  answerErrors(app)
  readJsonStrictly(app)
  readQueriesStrictly(app)
  demandRoles(app)
  await setSafeHeaders(app, parts.settings)
  const accounts = openAccounts(app, parts)
  guardAccess(app, { ...accounts, ...parts, limits: await createRateLimits(app, parts.settings) })
  answerOnce(app, parts)
  heedIfMatch(app)
  await app.register(compress, { encodings: ['br', 'gzip'] })
  await app.register(etag)
  await documentRoutes(app, parts)
  for (const addRoutes of routes) await addRoutes(app, { ...parts, ...accounts })
  await app.ready()
  return app
}

import compress from '@fastify/compress'
import etag from '@fastify/etag'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { adminRoutes } from './admin/admin.routes.ts'
import { statsRoutes } from './admin/stats.routes.ts'
import type { App, HttpParts } from './app.ts'
import { documentRoutes } from './document.ts'
import { eventRoutes } from './events/events.routes.ts'
import { feedbackRoutes } from './feedback/feedback.routes.ts'
import { healthRoutes } from './health/health.routes.ts'
import { mediaRoutes } from './media/media.routes.ts'
import { metricsRoutes } from './metrics/metrics.routes.ts'
import { momentRoutes } from './moments/moments.routes.ts'
import { pageRoutes } from './page/page.routes.ts'
import { demandRoles, guardAccess } from './plugins/access.ts'
import { answerErrors } from './plugins/errors.ts'
import { answerOnce } from './plugins/once.ts'
import { timeRequests } from './plugins/timing.ts'
import { recordingRoutes } from './recordings/recordings.routes.ts'
import { runRoutes } from './runs/runs.routes.ts'
import { searchRoutes } from './search/search.routes.ts'
import { settingRoutes } from './settings/settings.routes.ts'
import { transcriptRoutes } from './transcripts/transcripts.routes.ts'

// Bytes. What is larger is a recording, and goes through uploads.
const largestBody = 1_000_000

/** All routes, one line for each noun. */
const routes: readonly ((app: App, parts: HttpParts) => void | Promise<void>)[] = [
  healthRoutes,
  recordingRoutes,
  mediaRoutes,
  runRoutes,
  eventRoutes,
  metricsRoutes,
  pageRoutes,
  transcriptRoutes,
  momentRoutes,
  searchRoutes,
  feedbackRoutes,
  adminRoutes,
  statsRoutes,
  settingRoutes,
]

/** The server with all its routes, ready to listen or to be injected into. */
export async function buildApp(parts: HttpParts): Promise<App> {
  const app: App = Fastify({
    loggerInstance: parts.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: largestBody,
    // No proxy is trusted: what a request says of where it comes from would be believed.
    trustProxy: false,
    routerOptions: { maxParamLength: 300 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  timeRequests(app, { slowMs: parts.settings.SLOW_REQUEST_MS })
  answerErrors(app)
  demandRoles(app)
  guardAccess(app)
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: contentPolicy } })
  answerOnce(app, parts)
  await app.register(compress, { encodings: ['br', 'gzip'] })
  await app.register(etag)
  await documentRoutes(app, parts)
  for (const addRoutes of routes) await addRoutes(app, parts)
  await app.ready()
  return app
}

const contentPolicy = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
  formAction: ["'self'"],
  imgSrc: ["'self'", 'data:'],
}

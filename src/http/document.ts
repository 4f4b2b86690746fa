import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifySchema } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from './app.ts'
import { problem } from './problem.ts'

type Transform = typeof jsonSchemaTransform

/** The OpenAPI 3.1 document of all routes that are added after this, at /api/docs to be read and at /api/docs/json for programs. */
export async function documentRoutes(app: App, { version }: { version: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Clipwright', version, description: 'Long recordings to captioned clips.' },
    },
    transform: withProblems,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true, transformStaticCSP: () => pagePolicy })
}

// The hash is of the one <style> Swagger UI adds to its page; apart from it that page may do no more than others.
const pagePolicy = [
  "default-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "img-src 'self' data:",
  "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
].join('; ')

/** Every route can answer with a problem, so it is said once, here. A route that answers a status otherwise says so itself, and that counts. */
const withProblems: Transform = (document) =>
  jsonSchemaTransform({ ...document, schema: document.schema && describeAnswers(document.schema) })

function describeAnswers(schema: FastifySchema): FastifySchema {
  return { ...schema, response: { ...problems, ...(schema.response ?? notJson) } }
}

// What a route without a schema for its answers gives.
const notJson = { 200: { description: 'A file, a text or a stream.', content: { '*/*': { schema: z.string() } } } }

const content = { 'application/problem+json': { schema: problem } }
const problems = {
  '4XX': { description: 'Refused: what was asked is not allowed, not there, or makes no sense.', content },
  '5XX': { description: 'Not done, for a reason on this side; `retry` says whether to try again.', content },
}

import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { z } from 'zod'

const schema = z.record(z.string(), z.unknown())
const contents = z.record(z.string(), z.object({ schema }))
const operation = z.object({
  summary: z.string().optional(),
  parameters: z
    .array(z.object({ in: z.string(), name: z.string(), required: z.boolean().default(false), schema }))
    .default([]),
  requestBody: z.object({ content: contents, required: z.boolean().default(false) }).optional(),
  responses: z.record(z.string(), z.object({ content: contents.optional() })),
})
type Operation = z.infer<typeof operation>
const apiDocument = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
})

const header = `// Generated from the routes of src/http by scripts/generate-api-client.ts; changed there, not here.
`

/**
 * TypeScript of an OpenAPI 3.1 document: `Paths` in the form openapi-fetch takes, and a type for each schema that has a name.
 * All of it is one JSON Schema in the shape of those types, so that each name is written once.
 */
export async function typesOfApi(document: unknown): Promise<string> {
  const { paths, components } = apiDocument.parse(document)
  const all = {
    ...objectOf(mapValues(paths, (methods) => objectOf(mapValues(methods, operationSchema)))),
    definitions: components.schemas,
  }
  const source = await compile(
    JSON.parse(JSON.stringify(all).replaceAll('#/components/schemas/', '#/definitions/')),
    'Paths',
    {
      additionalProperties: false,
      bannerComment: header,
      format: false,
      ignoreMinAndMaxItems: true,
    },
  )
  // A status is a number to openapi-fetch, which a name in quotes is not.
  return source.replace(/^(\s*)"(\d{3})":/gm, '$1$2:')
}

function operationSchema({ summary, parameters, requestBody, responses }: Operation): JSONSchema {
  const parts: Record<string, JSONSchema> = {
    parameters: parametersSchema(parameters),
    responses: objectOf(mapValues(responses, ({ content }) => objectOf({ content: contentSchema(content) }))),
  }
  if (requestBody !== undefined) parts.requestBody = objectOf({ content: contentSchema(requestBody.content) })
  return {
    ...objectOf(parts, requestBody?.required === false ? ['requestBody'] : []),
    ...(summary && { description: summary }),
  }
}

function parametersSchema(parameters: Operation['parameters']): JSONSchema {
  const places = Object.groupBy(parameters, (parameter) => parameter.in)
  const groups = Object.entries(places).map(([place, found = []]) => ({
    place,
    needed: found.some(({ required }) => required),
    schema: objectOf(
      Object.fromEntries(found.map(({ name, schema: type }) => [name, type as JSONSchema])),
      found.filter(({ required }) => !required).map(({ name }) => name),
    ),
  }))
  return objectOf(
    Object.fromEntries(groups.map(({ place, schema: type }) => [place, type])),
    groups.filter(({ needed }) => !needed).map(({ place }) => place),
  )
}

function contentSchema(content: Operation['responses'][string]['content']): JSONSchema {
  return content === undefined
    ? { tsType: 'never' }
    : objectOf(mapValues(content, ({ schema: type }) => type as JSONSchema))
}

function objectOf(properties: Record<string, JSONSchema>, optional: readonly string[] = []): JSONSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required, additionalProperties: false }
}

function mapValues<From, To>(record: Record<string, From>, change: (from: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, from]) => [name, change(from)]))
}

import type { App } from '../../src/http/app.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface Schema {
  type?: string
  properties?: Record<string, unknown>
  anyOf?: Schema[]
  oneOf?: Schema[]
  $ref?: string
}

interface Documented {
  parameters?: {
    name: string
    in: string
    required?: boolean
    schema: Schema & { enum?: string[]; default?: unknown }
  }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

/** A route as the OpenAPI document has it. */
export interface Operation {
  name: string
  method: Method
  /** With its places filled in, as a request would have it. */
  url: (fill?: (name: string) => string) => string
  places: string[]
  queries: string[]
  takesJson: boolean
}

export const nobody = '00000000-0000-4000-8000-000000000000'

/** Every route that is documented. Places are filled in with something that is of the right form and does not exist. */
export function eachOperation(app: App): Operation[] {
  const { paths } = app.swagger() as unknown as { paths: Record<string, Record<string, Documented>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]): Operation => {
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      const usual = (name: string) =>
        inPath.find((parameter) => parameter.name === name)?.schema.enum?.[0] ?? usualOf(name)
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase() as Method,
        url: (fill = usual) => path.replace(/\{([^}]+)\}/g, (_, name: string) => fill(name)),
        places: inPath.map(({ name }) => name),
        queries: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
        takesJson: requestBody?.content['application/json'] !== undefined,
      }
    }),
  )
}

function usualOf(name: string): string {
  return name === 'key' ? 'a'.repeat(64) : nobody
}

import { Ajv2020 } from 'ajv/dist/2020.js'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { App } from '../../src/http/app.ts'

interface Answer {
  content?: Record<string, unknown>
}
type Paths = Record<string, Record<string, { responses: Record<string, Answer> }>>

/** From now on an injected request whose answer is not as the OpenAPI document of the server says is rejected, and with it the test. */
export function demandDocumentedAnswers(app: App): void {
  const check = answerChecker(app)
  const inject = app.inject.bind(app) as (options: InjectOptions | string) => Promise<LightMyRequestResponse>
  const checked = async (options: InjectOptions | string): Promise<LightMyRequestResponse> => {
    const response = await inject(options)
    const asked = typeof options === 'string' ? { url: options } : options
    check({ method: asked.method ?? 'GET', path: pathOf(asked.url ?? asked.path ?? '/'), response })
    return response
  }
  app.inject = checked as unknown as App['inject']
}

interface Exchange {
  method: string
  path: string
  response: Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body'>
}

/** Says of an exchange whether it is as documented. @throws an Error that says what is not */
export function answerChecker(app: App): (exchange: Exchange) => void {
  const document = app.swagger() as unknown as { paths: Paths }
  // `format` is an annotation here: zod writes what it means as `pattern` beside it.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema(document, 'document')
  const find = pathFinder(document.paths)
  return ({ method, path, response }) => {
    const type = String(response.headers['content-type'] ?? '').split(';')[0] ?? ''
    const isJson = /^application\/(problem\+)?json$/.test(type)
    if (method === 'HEAD' || path.startsWith('/api/docs') || response.headers['content-encoding'] !== undefined) return
    const template = find(path)
    const route = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()]
    const where = `${method} ${path} → ${response.statusCode}`
    const expect = (pointer: string): void => {
      const body: unknown = JSON.parse(response.body)
      if (!ajv.validate({ $ref: `document#${pointer}` }, body)) {
        throw new Error(`${where} is not as documented: ${ajv.errorsText()}: ${response.body.slice(0, 500)}`)
      }
    }
    if (route === undefined || template === undefined) {
      if (isJson && response.statusCode >= 400 && response.body !== '') expect('/components/schemas/Problem')
      else if (isJson) throw new Error(`${where}: this route is not documented`)
      return
    }
    const status = [String(response.statusCode), `${Math.floor(response.statusCode / 100)}XX`, 'default'].find(
      (name) => name in route.responses,
    )
    if (status === undefined) {
      if (response.statusCode === 304 || response.statusCode === 206) return
      throw new Error(`${where}: this status is not documented`)
    }
    const contents = route.responses[status]?.content
    if (contents === undefined) {
      if (response.body !== '') throw new Error(`${where}: documented without a body, but it has one`)
    } else if (isJson) {
      if (!(type in contents)) throw new Error(`${where}: ${type} is not documented`)
      const steps = ['paths', template, method.toLowerCase(), 'responses', status, 'content', type, 'schema']
      expect(steps.map((step) => `/${asPointer(step)}`).join(''))
    } else if (!('*/*' in contents) && !(type in contents)) {
      throw new Error(`${where}: ${type || 'an answer without a type'} is not documented`)
    }
  }
}

/** Which path of a document, as `/runs/{id}`, an address belongs to: the one with the fewest places left open. */
function pathFinder(paths: Paths): (path: string) => string | undefined {
  const known = Object.keys(paths)
    .map((template) => ({ template, open: template.split('{').length, pattern: patternOf(template) }))
    .toSorted((a, b) => a.open - b.open)
  return (path) => known.find(({ pattern }) => pattern.test(path))?.template
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]+?')}$`)
}

/** RFC 6901, in a fragment (RFC 3986). */
function asPointer(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function pathOf(url: Exclude<InjectOptions['url'], undefined>): string {
  return typeof url === 'string' ? new URL(url, 'http://localhost').pathname : url.pathname
}

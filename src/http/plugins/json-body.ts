import type { FastifyRequest } from 'fastify'
import { AppError } from '../../domain/app-error.ts'
import type { App } from '../app.ts'
import { BadRequest } from '../problem.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * JSON as RFC 8259 has it: UTF-8 and nothing else, and no name twice, of which one reader takes the first and another the last. What would reach
 * into the prototype of objects is refused by Fastify's own parser.
 */
export function readJsonStrictly(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done: (error: Error | null, body?: unknown) => void) => {
      try {
        const text = utf8.decode(body)
        const twice = findDoubleName(text)
        if (twice !== null) throw refused(`“${twice.slice(0, 100)}” is there twice.`)
        void parse(request, text, (error, parsed) => done(error, parsed))
      } catch (error) {
        done(error instanceof AppError ? error : refused('The body is not UTF-8.'))
      }
    },
  )
}

function refused(message: string): BadRequest {
  return new BadRequest([{ path: '', message }])
}

/**
 * The first name that an object has twice, or null. Text that is no JSON may give anything: the parser refuses it afterwards.
 */
export function findDoubleName(text: string): string | null {
  // One set of names for each object that is open, null for an array.
  const open: (Set<string> | null)[] = []
  let expectsName = false
  // A string that does not end goes to the end of the text, so that nothing is read twice.
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\],:]/gs)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (token.startsWith('"') && expectsName) {
      const names = open.at(-1)
      const name = unescape(token)
      if (names?.has(name)) return name
      names?.add(name)
    }
    expectsName = token === '{' || (token === ',' && open.at(-1) != null)
  }
  return null
}

/** `a` may be written as `a`. */
function unescape(token: string): string {
  try {
    return String(JSON.parse(token))
  } catch {
    return token
  }
}

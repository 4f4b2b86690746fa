import { readFile } from 'node:fs/promises'
import type { App, HttpParts } from '../app.ts'

/** Path → file beside this one, and its type. Read once: they change with the program only. */
const files = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
} as const

/** One plain page: the library, what is under way, the finished clips. Everything on it comes from the API. */
export async function pageRoutes(app: App, _parts: HttpParts): Promise<void> {
  for (const [path, [name, type]] of Object.entries(files)) {
    const content = await readFile(new URL(name, import.meta.url))
    app.get(path, { config: { may: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(content),
    )
  }
}

import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { App, HttpParts } from '../app.ts'

/** Types of the files that are served. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/**
 * One plain page: the library, what is under way, the finished clips. Everything on it comes from the API. Every style and script beside this file
 * is served by its name (`page.js` at `/page.js`), `index.html` at `/`. Read once: they change with the program only.
 */
export async function pageRoutes(app: App, _parts: HttpParts): Promise<void> {
  for (const name of (await readdir(import.meta.dirname)).sort((a, b) => a.localeCompare(b))) {
    const type = types[extname(name)]
    if (type === undefined) continue
    const content = await readFile(new URL(name, import.meta.url))
    app.get(
      name === 'index.html' ? '/' : `/${name}`,
      { config: { may: 'anyone' }, schema: { hide: true } },
      async (_, reply) => reply.type(type).header('cache-control', 'no-cache').send(content),
    )
  }
}

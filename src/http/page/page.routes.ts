import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { App, HttpParts, Role } from '../app.ts'

/** Types of the files that are served. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/**
 * Plain pages: the library with what is under way and the finished clips, and where one signs in. Everything on them comes from the API. Every style
 * and script beside this file is served by its name (`page.js` at `/page.js`), `index.html` at `/`, `sign-in.html` at `/sign-in`. Read once: they
 * change with the program only.
 */
export async function pageRoutes(app: App, _parts: HttpParts): Promise<void> {
  for (const name of (await readdir(import.meta.dirname)).sort((a, b) => a.localeCompare(b))) {
    const type = types[extname(name)]
    if (type === undefined) continue
    const content = await readFile(new URL(name, import.meta.url))
    app.get(pathOf(name), { config: { may: whoMaySee(name) }, schema: { hide: true } }, async (_, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(content),
    )
  }
}

function pathOf(name: string): string {
  return name === 'index.html' ? '/' : `/${name.replace(/\.html$/, '')}`
}

/** Styles and scripts have no secrets, and the page where one signs in needs them. Who may not see a page is led there. */
function whoMaySee(name: string): Role {
  return extname(name) === '.html' && name !== 'sign-in.html' ? 'viewer' : 'anyone'
}

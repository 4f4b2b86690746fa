import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..', '..')

/** Every file of ours and every package that is loaded with a file, before anything in it runs. */
function loadedWith(entry: string): Set<string> {
  const loaded = new Set<string>()
  const toRead = [pathToFileURL(resolve(root, entry)).href]
  for (let url = toRead.pop(); url !== undefined; url = toRead.pop()) {
    if (loaded.has(url)) continue
    loaded.add(url)
    const text = readFileSync(new URL(url), 'utf8')
    for (const [, target = ''] of text.matchAll(/^(?:import|export) (?!type )(?:[^'=(]* from )?'([^']+)'/gm)) {
      if (target.startsWith('.')) toRead.push(new URL(target, url).href)
      else loaded.add(target)
    }
  }
  return loaded
}

test('`clipwright --help` loads no more than it needs to be there at once', () => {
  const loaded = loadedWith('src/cli/command-line.ts')
  const packages = [...loaded].filter((name) => !name.startsWith('file:') && !name.startsWith('node:'))
  expect(packages.toSorted((a, b) => a.localeCompare(b))).toEqual(['commander', 'string-width'])
  expect(loaded.size).toBeLessThan(60)
})

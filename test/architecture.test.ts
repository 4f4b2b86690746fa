import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const floor = ['library', 'queue', 'media', 'network', 'models', 'database', 'config', 'observability']

/** Who may import whom, by the folder under src/. Everyone may import from its own folder. */
const mayImport: Record<string, string[]> = {
  entry: ['compose', 'cli', 'config', 'domain', 'observability'],
  compose: ['adapters', 'pipeline', 'domain', ...floor],
  cli: ['compose', 'http', 'evaluation', 'pipeline', 'domain', ...floor],
  http: ['pipeline', 'domain', ...floor],
  evaluation: ['pipeline', 'domain', ...floor],
  adapters: ['pipeline', 'domain', ...floor],
  pipeline: ['domain', ...floor],
  ...Object.fromEntries(floor.map((part) => [part, ['domain', ...floor]])),
  domain: [],
}

const sentence =
  'entry → compose → cli → http · evaluation · adapters → pipeline → domain; the floor knows domain and the floor only'

interface Import {
  from: string
  to: string
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('.suite.'))
    .map((name) => join(folder, name))
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, target = '']) => ({
    from: file,
    to: relative(root, resolve(root, dirname(file), target)),
  }))
}

/** `src/pipeline/cut/x.ts` → `pipeline`, `src/compose.ts` → `compose`. */
function partOf(file: string): string {
  return (file.split('/')[1] ?? '').replace(/\.ts$/, '')
}

/** `src/pipeline/cut/x.ts` → `cut`; null for the pipeline's own files, also those of its engine, about workers and about control of them. */
function stageOf(file: string): string | null {
  const [, part, stage, rest] = file.split('/')
  return part === 'pipeline' &&
    rest !== undefined &&
    stage !== undefined &&
    !['engine', 'workers', 'control'].includes(stage)
    ? stage
    : null
}

const imports = sourceFiles('src').flatMap(importsOf)

describe('the arrow', () => {
  it('finds imports to judge', () => {
    expect(imports.length).toBeGreaterThan(50)
  })

  it(`points one way: ${sentence}`, () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!to.startsWith('src/')) return true
      const [a, b] = [partOf(from), partOf(to)]
      return a !== b && !(mayImport[a] ?? []).includes(b)
    })
    expect(wrong).toEqual([])
  })

  it('lets no stage look inside another', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [a, b] = [stageOf(from), stageOf(to)]
      return a !== null && b !== null && a !== b && !to.endsWith('.job.ts')
    })
    expect(wrong).toEqual([])
  })

  it('lets the pipeline itself know its stages by their jobs only', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        partOf(from) === 'pipeline' && stageOf(from) === null && stageOf(to) !== null && !to.endsWith('.job.ts'),
    )
    expect(wrong).toEqual([])
  })

  it('has no circles', () => {
    expect(findCircle(imports)).toEqual([])
  })

  it('reads the environment in config only', () => {
    const readers = sourceFiles('src').filter((file) => /process\.env\b/.test(readFileSync(join(root, file), 'utf8')))
    expect(readers.filter((file) => partOf(file) !== 'config')).toEqual([])
  })
})

function findCircle(edges: Import[]): string[] {
  const targets = Map.groupBy(edges, ({ from }) => from)
  const done = new Set<string>()
  const visit = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const { to } of targets.get(file) ?? []) {
      const circle = visit(to, [...path, file])
      if (circle.length > 0) return circle
    }
    done.add(file)
    return []
  }
  for (const file of targets.keys()) {
    const circle = visit(file, [])
    if (circle.length > 0) return circle
  }
  return []
}

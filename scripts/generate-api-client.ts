// Run after a change of a route; `--check` only says whether src/api-client/schema.ts is fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { loadSettings } from '../src/config/load-settings.ts'
import { buildApp } from '../src/http/build-app.ts'
import { createLogger } from '../src/observability/logger.ts'
import type { Pipeline } from '../src/pipeline/open-pipeline.ts'
import { typesOfApi } from './types-of-api.ts'

const root = join(import.meta.dirname, '..')
const file = join(root, 'src', 'api-client', 'schema.ts')
const wanted = await formatted(await typesOfApi(await apiDocument()))

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted)
} else if (readFileSync(file, 'utf8') !== wanted) {
  console.error('src/api-client/schema.ts is stale: run `node scripts/generate-api-client.ts`.')
  process.exitCode = 1
}

/** Routes are described without being asked, so that nothing has to stand behind them. */
async function apiDocument(): Promise<unknown> {
  const kysely = new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  const pipeline = { database: { kysely }, dataFolder: root } as unknown as Pipeline
  const app = await buildApp({ settings: loadSettings({}), pipeline, logger: createLogger('silent'), version: '0.0.0' })
  const document: unknown = app.swagger()
  await app.close()
  return document
}

async function formatted(source: string): Promise<string> {
  const { stdout } = await execa('biome', ['format', `--stdin-file-path=${file}`], {
    input: source,
    preferLocal: true,
    localDir: root,
    cwd: root,
  })
  return `${stdout.trimEnd()}\n`
}

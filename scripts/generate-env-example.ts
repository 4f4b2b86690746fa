// Run after a change of src/config/settings.ts; `--check` only says whether .env.example is fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { envExample } from '../src/config/env-example.ts'

const file = join(import.meta.dirname, '..', '.env.example')
const wanted = envExample()

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted)
} else if (readFileSync(file, 'utf8') !== wanted) {
  console.error('.env.example is stale: run `node scripts/generate-env-example.ts`.')
  process.exitCode = 1
}

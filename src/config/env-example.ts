import { settingsSchema } from './settings.ts'

/** The text of `.env.example`: every setting with its description and its default, none of them set. */
export function envExample(): string {
  const entries = Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined).data
    return `# ${schema.description ?? ''}\n# ${name}=${fallback ?? ''}\n`
  })
  return [
    '# Settings of Clipwright. All of them are optional. Copy this file to .env and take the # away to set one.',
    '# Generated from src/config/settings.ts by `node scripts/generate-env-example.ts`.\n',
    ...entries,
  ].join('\n')
}

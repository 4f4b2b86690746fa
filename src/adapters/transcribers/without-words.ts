import type { Transcriber } from '../../pipeline/transcribe/transcriber.ts'

/** For who `asked` to do without words: an empty transcript, which says so. Otherwise it has nothing, but is a way out. */
export function withoutWords({ asked }: { asked: boolean }): Transcriber {
  return {
    name: 'without words',
    async find(_, { signal }) {
      signal.throwIfAborted()
      if (!asked) return null
      const origin = { kind: 'none' as const, name: 'not wanted', format: null }
      const read = async () => ({ origin, language: null, cues: [], warnings: [] })
      return { origin, fingerprint: 'without words', read }
    },
    wayOut: () => 'add --without-words to choose by sound and picture alone',
  }
}

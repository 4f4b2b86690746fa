import { createHash } from 'node:crypto'

/** Puts each recording into one of five parts by the hash of its name, the parts equally large. */
export function foldsOf(ids: readonly string[], count = 5): Map<string, number> {
  const hash = (id: string) => createHash('sha256').update(id).digest('hex')
  const ordered = [...new Set(ids)].map((id) => ({ id, key: hash(id) })).sort((a, b) => (a.key < b.key ? -1 : 1))
  return new Map(ordered.map(({ id }, i) => [id, i % count]))
}

import type { Mode } from '../../domain/moment.ts'
import { sayLeaning } from '../../pipeline/detect/taste/say-leaning.ts'
import type { Taste } from '../../pipeline/detect/taste/taste.ts'

// What moves a score most; the rest is in --json.
const mostLines = 3

/** What was learned from verdicts, in lines for a person. */
export function describeTaste({ leanings, judged }: Taste, mode: Mode): string[] {
  if (judged === 0) return []
  if (leanings.length === 0)
    return [`Nothing is learned for ${mode} yet: it takes more verdicts, of both kinds, that agree.`]
  const said = leanings
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .flatMap((leaning) => sayLeaning(leaning, Math.abs(leaning.weight)) ?? [])
  return [
    `Learned for ${mode} from ${judged} judged moments; the next recording will lean to it.`,
    ...said.slice(0, mostLines).map((line) => `  ${line}`),
  ]
}

import { z } from 'zod'
import { type Tightening, tightenings } from '../../domain/clip.ts'

/** Enough that a jump looks like another camera, and not so much that the picture goes soft. */
const usualZoom = 1.08

/** `--tighten` alone is all of it, `none` nothing. */
export const tightenList = z.union([z.literal(true), z.string()]).transform((given, problems): Tightening[] => {
  if (given === true || given === 'all') return [...tightenings]
  if (given === 'none') return []
  const names = given.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !isTightening(name))
  if (unknown.length > 0) {
    problems.addIssue({
      code: 'custom',
      message: `--tighten takes ${tightenings.join(', ')} with commas between them, not "${unknown.join(',')}".`,
    })
  }
  return tightenings.filter((kind) => names.includes(kind))
})

/** `--tighten-zoom` alone is the usual one, `none` is null. */
export const tightenZoom = z.union([z.literal(true), z.string()]).transform((given, problems): number | null => {
  if (given === 'none') return null
  const zoom = given === true ? usualZoom : Number(given)
  if (zoom >= 1.02 && zoom <= 1.5) return zoom
  problems.addIssue({ code: 'custom', message: '--tighten-zoom must be a number from 1.02 to 1.5.' })
  return usualZoom
})

function isTightening(name: string): name is Tightening {
  return tightenings.some((kind) => kind === name)
}

import type { TimeRange } from '../../../domain/time-range.ts'
import type { Turn } from './who-speaks.ts'

/** A camera that changes sides more often makes people seasick. Seconds. */
export const shortestShot = 1.5

/**
 * Divides a scene among the people who speak in it: the camera changes where a turn begins, a pause belongs to who spoke
 * before it, and who says less than 1.5 s is heard without being shown.
 * @param turns in order of time, each of a person who can be seen
 */
export function planTurns(scene: TimeRange, turns: readonly Turn[]): (TimeRange & { person: number })[] {
  const shots: { start: number; person: number }[] = []
  const seen = turns.flatMap(({ person, ...range }) => (person === null ? [] : [{ ...range, person }]))
  // A short reply does not change the picture, unless it is all that is said.
  const weighty = seen.filter(({ start, end }) => end - start >= shortestShot)
  for (const { start, person } of weighty.length > 0 ? weighty : seen.slice(0, 1)) {
    const last = shots.at(-1)
    if (!last) shots.push({ start: scene.start, person })
    else if (last.person !== person && start - last.start >= shortestShot && scene.end - start >= shortestShot) {
      shots.push({ start, person })
    }
  }
  return shots.map(({ start, person }, i) => ({ start, end: shots[i + 1]?.start ?? scene.end, person }))
}

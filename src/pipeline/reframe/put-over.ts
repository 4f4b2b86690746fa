import type { SceneOverride } from '../framing-overrides.ts'

/** What is left of a scene that is shorter than this is not worth a cut. Seconds. */
const shortest = 0.04

/** Decisions for a whole recording with those for one clip in their place, where both say something; in order of time. */
export function putOver(all: readonly SceneOverride[], own: readonly SceneOverride[]): SceneOverride[] {
  const left = own.reduce<SceneOverride[]>(
    (scenes, { start, end }) =>
      scenes.flatMap((scene) => {
        if (scene.end <= start || scene.start >= end) return [scene]
        const sides = [
          { ...scene, end: start },
          { ...scene, start: end },
        ]
        return sides.filter((side) => side.end - side.start >= shortest)
      }),
    [...all],
  )
  return [...left, ...own].toSorted((a, b) => a.start - b.start)
}

import type { Face } from '../../pipeline/reframe/face-detector.ts'
import { likeness } from '../../pipeline/reframe/share-box.ts'

/** Of faces that overlap by more than this share, the surest alone (non-maximum suppression); the surest first. */
export function keepBest(faces: readonly Face[], mostOverlap: number): Face[] {
  const kept: Face[] = []
  // The place decides between equals, so that the order never depends on who came first.
  const ordered = faces.toSorted((a, b) => b.score - a.score || a.box.x - b.box.x || a.box.y - b.box.y)
  for (const face of ordered) {
    if (kept.every((other) => likeness(face.box, other.box) <= mostOverlap)) kept.push(face)
  }
  return kept
}

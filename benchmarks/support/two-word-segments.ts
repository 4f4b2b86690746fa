import type { Segment } from '../../src/domain/transcript.ts'

/** A transcript as some recognisers put it out, two words a segment and no marks; 200,000 of them are eleven hours. */
export function twoWordSegments(count: number): Segment[] {
  return Array.from({ length: count }, (_, i) => ({
    ordinal: i,
    start: i / 5,
    end: (i + 1) / 5,
    text: `word${i % 999} and${i % 77}`,
    speaker: null,
    words: [],
  }))
}

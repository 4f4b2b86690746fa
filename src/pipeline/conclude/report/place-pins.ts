/**
 * Puts pins on as few lanes as keep them from covering each other: each goes on the lowest lane where its neighbour to
 * the left is at least `gap` away. Positions and gap share one unit; the answer is in the order given, 0 is the lowest.
 */
export function placePins({ positions, gap }: { positions: readonly number[]; gap: number }): number[] {
  const lanes: number[] = []
  const lastOnLane: number[] = []
  const leftToRight = positions.map((position, index) => ({ position, index })).sort((a, b) => a.position - b.position)
  for (const { position, index } of leftToRight) {
    const free = lastOnLane.findIndex((last) => position - last >= gap)
    const lane = free === -1 ? lastOnLane.length : free
    lastOnLane[lane] = position
    lanes[index] = lane
  }
  return lanes
}

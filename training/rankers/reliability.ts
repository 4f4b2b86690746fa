/** A group of moments that were given about the same chance. */
export interface ReliabilityGroup {
  /** Mean chance that was given, and share that people agreed with. */
  given: number
  seen: number
  count: number
}

export interface Reliability {
  groups: ReliabilityGroup[]
  /** Mean distance between the chance given and the share seen, weighted by moments. */
  error: number
  /** Mean squared distance between the chance given and what happened; `brierOfMean` for always saying the mean. */
  brier: number
  brierOfMean: number
}

/** How far chances can be believed: ten groups by the chance given, each as large as the next. */
export function reliabilityOf(moments: readonly { chance: number; isHit: boolean }[]): Reliability {
  const ordered = moments.toSorted((a, b) => a.chance - b.chance)
  const groups: ReliabilityGroup[] = []
  for (let g = 0; g < 10; g++) {
    const part = ordered.slice(Math.floor((g * ordered.length) / 10), Math.floor(((g + 1) * ordered.length) / 10))
    if (part.length === 0) continue
    groups.push({
      given: part.reduce((sum, { chance }) => sum + chance, 0) / part.length,
      seen: part.filter(({ isHit }) => isHit).length / part.length,
      count: part.length,
    })
  }
  const all = moments.length
  const mean = moments.filter(({ isHit }) => isHit).length / all
  const squares = (chanceOf: (chance: number) => number) =>
    moments.reduce((sum, { chance, isHit }) => sum + (chanceOf(chance) - (isHit ? 1 : 0)) ** 2, 0) / all
  return {
    groups,
    error: groups.reduce((sum, { given, seen, count }) => sum + Math.abs(given - seen) * count, 0) / all,
    brier: squares((chance) => chance),
    brierOfMean: squares(() => mean),
  }
}

/** The groups as dots over the line on which they should lie, one panel a mode. */
export function reliabilityPlot(panels: readonly { title: string; groups: readonly ReliabilityGroup[] }[]): string {
  const size = 300
  const gap = 70
  const drawn = panels.map(({ title, groups }, i) => {
    const left = gap + i * (size + gap)
    const at = (x: number, y: number) => ({ x: round(left + x * size), y: round(40 + (1 - y) * size) })
    const marks = [0, 0.25, 0.5, 0.75, 1].map((value) => {
      const [x, y] = [at(value, 0), at(0, value)]
      return `<text x="${x.x}" y="${x.y + 18}" text-anchor="middle">${value}</text><text x="${y.x - 8}" y="${y.y + 4}" text-anchor="end">${value}</text>`
    })
    const [zero, one] = [at(0, 0), at(1, 1)]
    const dots = groups.map(({ given, seen, count }) => {
      const dot = at(given, seen)
      return `<circle cx="${dot.x}" cy="${dot.y}" r="5" fill="#1f6feb"><title>given ${given.toFixed(2)}, seen ${seen.toFixed(2)}, ${count} moments</title></circle>`
    })
    return [
      `<text x="${left + size / 2}" y="22" text-anchor="middle" font-weight="bold">${title}</text>`,
      `<rect x="${left}" y="40" width="${size}" height="${size}" fill="none" stroke="#999"/>`,
      `<line x1="${zero.x}" y1="${zero.y}" x2="${one.x}" y2="${one.y}" stroke="#999" stroke-dasharray="4"/>`,
      ...marks,
      ...dots,
      `<text x="${left + size / 2}" y="${40 + size + 38}" text-anchor="middle">confidence given</text>`,
    ].join('\n')
  })
  const width = gap + panels.length * (size + gap)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 400" font-family="sans-serif" font-size="12">\n<rect width="100%" height="100%" fill="#fff"/>\n${drawn.join('\n')}\n</svg>\n`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

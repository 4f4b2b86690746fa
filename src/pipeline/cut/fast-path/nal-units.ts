/** Kinds of NAL units that matter here. ITU-T H.264, table 7-1. */
export const nalKinds = { clean: 5, information: 6, sequence: 7, picture: 8, delimiter: 9, filler: 12 } as const

export function kindOf(nal: Uint8Array): number {
  return (nal[0] ?? 0) & 0x1f
}

/** The NAL units of a stream with start codes (00 00 01), without them. ITU-T H.264, annex B. */
export function splitNalUnits(bytes: Buffer): Buffer[] {
  const units: Buffer[] = []
  let start = -1
  for (let at = bytes.indexOf(startCode); at >= 0; at = bytes.indexOf(startCode, at + 3)) {
    if (start >= 0) units.push(trimZeros(bytes.subarray(start, at)))
    start = at + 3
  }
  if (start >= 0) units.push(trimZeros(bytes.subarray(start)))
  return units.filter(({ length }) => length > 0)
}

const startCode = Buffer.from([0, 0, 1])

/** What follows a unit may begin with more zeros than a start code needs; no unit ends with one. */
function trimZeros(unit: Buffer): Buffer {
  let end = unit.length
  while (end > 0 && unit[end - 1] === 0) end--
  return unit.subarray(0, end)
}

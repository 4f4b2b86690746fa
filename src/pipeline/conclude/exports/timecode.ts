/** How an editor counts: frames a second as a fraction, and whether numbers are left out so that the count keeps up with the clock. */
export interface TimecodeRate {
  numerator: number
  denominator: number
  /** Only for 29.97 and 59.94 frames a second. */
  dropFrame: boolean
}

/** Numbers in a second of timecode: 30 for 29.97. */
export function nominalRate({ numerator, denominator }: TimecodeRate): number {
  return Math.round(numerator / denominator)
}

/** Whether frames can be dropped from the count at this rate: 30000/1001 and 60000/1001 (SMPTE ST 12-1, 12-3). */
export function mayDrop({ numerator, denominator }: Pick<TimecodeRate, 'numerator' | 'denominator'>): boolean {
  return denominator === 1001 && (numerator === 30_000 || numerator === 60_000)
}

const minutesInTen = 10

/** Numbers left out each minute but every tenth: two at 29.97, four at 59.94. */
function droppedEachMinute(rate: TimecodeRate): number {
  return rate.dropFrame ? nominalRate(rate) / 15 : 0
}

/** `01:00:00:00`, with semicolons where frames are dropped. After a day it begins again, as clocks do. */
export function formatTimecode(frames: number, rate: TimecodeRate): string {
  const nominal = nominalRate(rate)
  const dropped = droppedEachMinute(rate)
  const aMinute = 60 * nominal - dropped
  const tenMinutes = minutesInTen * aMinute + dropped
  const aDay = 144 * tenMinutes
  const frame = ((Math.round(frames) % aDay) + aDay) % aDay
  const [tens, rest] = [Math.floor(frame / tenMinutes), frame % tenMinutes]
  // The first minute of ten is whole.
  const minutes = rest < aMinute + dropped ? 0 : 1 + Math.floor((rest - aMinute - dropped) / aMinute)
  const number = frame + dropped * (9 * tens + minutes)
  const parts = [
    Math.floor(number / (3600 * nominal)),
    Math.floor(number / (60 * nominal)) % 60,
    Math.floor(number / nominal) % 60,
    number % nominal,
  ]
  return parts.map((part) => String(part).padStart(2, '0')).join(rate.dropFrame ? ';' : ':')
}

/** Frames since midnight of a timecode such as `10:59:59;28`; null for what is none at this rate. Its last separator says whether it drops. */
export function parseTimecode(
  text: string,
  rate: Omit<TimecodeRate, 'dropFrame'>,
): { frames: number; dropFrame: boolean } | null {
  const match = /^(\d{2})[:;](\d{2})[:;](\d{2})([:;.])(\d{2,3})$/.exec(text.trim())
  if (!match) return null
  const [hours, minutes, seconds, frame] = [match[1], match[2], match[3], match[5]].map(Number)
  if (hours === undefined || minutes === undefined || seconds === undefined || frame === undefined) return null
  const dropFrame = match[4] !== ':' && mayDrop(rate)
  const counted = { ...rate, dropFrame }
  const nominal = nominalRate(counted)
  if (hours > 23 || minutes > 59 || seconds > 59 || frame >= nominal) return null
  const dropped = droppedEachMinute(counted)
  // The numbers that are left out name no frame.
  if (dropFrame && minutes % 10 !== 0 && seconds === 0 && frame < dropped) return null
  const minutesInAll = 60 * hours + minutes
  const leftOut = dropped * (minutesInAll - Math.floor(minutesInAll / 10))
  return { frames: (60 * minutesInAll + seconds) * nominal + frame - leftOut, dropFrame }
}

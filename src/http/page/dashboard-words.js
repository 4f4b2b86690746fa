// Figures in words, each with its unit.

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

export const count = (value) => number.format(value)

/** Seconds, as one says them. */
export function duration(seconds) {
  if (seconds === null) return '–'
  if (seconds === 0) return '0 s'
  if (seconds < 0.95) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 9.95) return `${number.format(seconds)} s`
  if (seconds < 99.5) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  const days = Math.round(hours / 24)
  return days === 1 ? '1 day' : `${days} days`
}

export const ago = (seconds) => (seconds < 2 ? 'just now' : `${duration(seconds)} ago`)

export const milliseconds = (value) => (value === null ? '–' : duration(value / 1000))

export function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let [size, unit] = [value, 0]
  while (size >= 999.5 && unit < units.length - 1) [size, unit] = [size / 1000, unit + 1]
  return `${size < 10 && unit > 0 ? number.format(size) : Math.round(size)} ${units[unit]}`
}

export const share = (value) => (value === null ? '–' : `${number.format(value * 100)} %`)

/** `3 steps`, `1 step`. */
export const many = (value, word) => `${count(value)} ${value === 1 ? word : `${word}s`}`

const inUnit = { count, seconds: duration, milliseconds, bytes, share }

/** A figure of a series in its unit. */
export const figure = (value, unit) => (value === null ? '–' : inUnit[unit](value))

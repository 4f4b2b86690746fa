/** `hh:mm:ss.mmm`, with a comma for SRT and a point for VTT. */
export function formatCueTime(seconds: number, decimalMark: ',' | '.'): string {
  const milliseconds = Math.max(0, Math.round(seconds * 1000))
  const whole = Math.floor(milliseconds / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(':')
  return `${clock}${decimalMark}${String(milliseconds % 1000).padStart(3, '0')}`
}

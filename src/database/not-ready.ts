const codes = new Set([
  '57P01', // admin_shutdown: it went down while we waited
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting up, shutting down, recovering
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  // Its machine or container starts anew: until then nothing answers there, nor has its name an address.
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Whether something failed because the database server is away or not ready: it may be there in a moment. */
export function isNotReady(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && codes.has(String(error.code))) return true
  // Its socket is gone; a file that is missing has the same code.
  if ('code' in error && error.code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect'
  // pg has no code for a connection that is cut while it is made, or just after
  return /Connection terminated|connection error and is not queryable/.test(error.message)
}

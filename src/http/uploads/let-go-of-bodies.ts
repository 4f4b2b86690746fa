import type { App } from '../app.ts'

// Milliseconds in which a refused sender may notice.
const patience = 5000

/** A request that is refused before all of its body was read: the rest is read away for a moment, so that the answer arrives, then the line is cut. */
export function letGoOfBodies(app: App): void {
  app.addHook('onError', async (request, reply) => {
    const { raw } = request
    if (raw.complete || raw.destroyed) return
    reply.header('connection', 'close')
    raw.resume()
    const timer = setTimeout(() => raw.destroy(), patience)
    timer.unref()
    raw.once('close', () => clearTimeout(timer))
  })
}

// What happens, as it happens: the stream while it is there, asking every few seconds while it is not.

import { ask } from './ask.js'

const pollMs = 5000
// A stream that the server has refused is not opened again by the browser.
const reopenMs = 5000

/** All runs that have not ended, the newest first: what the stream tells by itself. */
export async function askRuns() {
  const lists = await Promise.all(
    ['working', 'needs-transcript'].map((status) => ask(`/api/v1/runs?status=${status}&limit=50`)),
  )
  return lists.flatMap(({ items }) => items).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
}

/** `onRuns`: all runs under way. `onChange`: something else may have changed; also after every time away. `onState`: live, polling or away. */
export function listen({ onRuns, onChange, onState }) {
  let timer = null
  open()

  function open() {
    const stream = new EventSource('/api/v1/events/stream')
    stream.addEventListener('open', () => {
      clearInterval(timer)
      timer = null
      onState('live')
      onChange()
    })
    stream.addEventListener('runs', ({ data }) => onRuns(JSON.parse(data)))
    stream.addEventListener('happened', ({ data }) => {
      const { name } = JSON.parse(data)
      if (name === 'step.failed' || name.startsWith('run.')) onChange()
    })
    stream.addEventListener('error', () => {
      if (timer === null) {
        timer = setInterval(() => void poll(), pollMs)
        void poll()
      }
      if (stream.readyState === EventSource.CLOSED) setTimeout(open, reopenMs)
    })
  }

  async function poll() {
    try {
      const runs = await askRuns()
      // It came back while we asked.
      if (timer === null) return
      onState('polling')
      onRuns(runs)
      onChange()
    } catch {
      if (timer !== null) onState('away')
    }
  }
}

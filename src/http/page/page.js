// The page's own script: puts its parts together.

import { post, press } from './ask.js'
import { retryAll, showFailures } from './failures.js'
import { find, showLibrary, showMore } from './library.js'
import { askRuns, listen } from './live.js'
import { $, setText, trouble } from './nodes.js'
import { showRuns } from './work.js'

const connection = {
  live: '● live',
  polling: '◐ asking every few seconds',
  away: '○ the server is away, trying again',
}

// Runs under way, by what they have done: when that changes, so does the library.
let known = new Map()

function takeRuns(runs) {
  showRuns(runs)
  const now = new Map(runs.map(({ id, done, recordingId }) => [id, `${done} ${recordingId}`]))
  const changed = [...known].some(([id, done]) => now.get(id) !== done)
  known = now
  if (changed) refresh()
}

let refreshing = null

/** The library and what failed, anew; asked for again while it is under way, it is done once more after that. */
function refresh() {
  if (refreshing !== null) {
    refreshing.again = true
    return
  }
  const current = { again: false }
  refreshing = current
  void Promise.all([showLibrary(), showFailures()])
    .catch((error) => {
      // The connection tells it already.
      if (error.code !== 'AWAY') trouble(error)
    })
    .finally(() => {
      refreshing = null
      if (current.again) refresh()
    })
}

async function begin(form) {
  formTrouble(null)
  const { recording, mode } = Object.fromEntries(new FormData(form))
  const where = recording.trim()
  await post('/api/v1/runs', { ...(/^https?:/i.test(where) ? { url: where } : { path: where }), mode })
  form.reset()
  showRuns(await askRuns())
}

function formTrouble(error) {
  $('trouble').hidden = error === null
  setText($('trouble'), error === null ? '' : `${error.message}${error.code === undefined ? '' : ` (${error.code})`}`)
}

$('begin').addEventListener('submit', (event) => {
  event.preventDefault()
  const form = event.currentTarget
  void press(form.querySelector('button'), () => begin(form), formTrouble)
})
$('more').addEventListener('click', ({ currentTarget }) => void press(currentTarget, showMore, trouble))
$('retry-all').addEventListener('click', ({ currentTarget }) => void press(currentTarget, retryAll, trouble))
$('close-notice').addEventListener('click', () => {
  $('notice').hidden = true
})

let typing
$('find').addEventListener('input', ({ currentTarget }) => {
  clearTimeout(typing)
  typing = setTimeout(() => void find(currentTarget.value).catch(trouble), 300)
})

listen({ onRuns: takeRuns, onChange: refresh, onState: (state) => setText($('connection'), connection[state]) })
refresh()

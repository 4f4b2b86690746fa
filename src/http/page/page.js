// The page's own script: asks the API, listens to the stream, fills the templates. Text is only ever set as text, never as markup.

const $ = (id) => document.getElementById(id)
let next = null

async function ask(path, options) {
  const response = await fetch(path, options)
  if (response.status === 401) location.assign('/sign-in') // the session ended meanwhile
  if (response.status === 204) return null
  const body = await response.json()
  if (!response.ok)
    throw new Error(
      [body.title, ...(body.issues ?? []).map(({ message }) => message), body.hint].filter(Boolean).join(' '),
    )
  return body
}

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (n) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

function filled(template, fill) {
  const node = $(template).content.firstElementChild.cloneNode(true)
  fill((selector) => node.querySelector(selector), node)
  return node
}

function clipNode(clip) {
  return filled('clip-template', (part) => {
    const video = part('video')
    video.src = clip.video
    video.poster = clip.thumbnail
    video.setAttribute('aria-label', clip.title)
    part('.frame').style.aspectRatio = `${clip.width} / ${clip.height}`
    part('h4').textContent = clip.title
    const at = clip.moment === null ? '' : ` · at ${clock(clip.moment.start)}`
    part('.facts').textContent = `${Math.round(clip.duration)} s${at}`
    part('.reason').textContent = clip.moment?.reasons[0]?.text ?? ''
    for (const [name, path] of [
      ['video', clip.video],
      ['srt', clip.captionFiles.srt],
      ['vtt', clip.captionFiles.vtt],
    ])
      part(`.${name}`).href = `${path}?download=${encodeURIComponent(clip.title)}`
  })
}

const stands = { working: 'under way', done: 'done', failed: 'failed', cancelled: 'cancelled' }

async function recordingNode(recording) {
  const { items } = recording.clips > 0 ? await ask(`/api/v1/recordings/${recording.id}/clips`) : { items: [] }
  return filled('recording-template', (part, node) => {
    node.id = `recording-${recording.id}`
    part('h3').textContent = recording.title
    const run = recording.latestRun === null ? '' : ` · ${stands[recording.latestRun.status]}`
    const count = recording.clips === 1 ? '1 clip' : `${recording.clips} clips`
    part('.facts').textContent = `${clock(recording.duration)} · ${count}${run}`
    part('.clips').append(...items.map(clipNode))
  })
}

async function showLibrary({ more = false } = {}) {
  const page = await ask(`/api/v1/recordings?limit=10${more && next ? `&cursor=${next}` : ''}`)
  const nodes = await Promise.all(page.items.map(recordingNode))
  if (more) $('recordings').append(...nodes)
  else $('recordings').replaceChildren(...nodes)
  next = page.next
  $('more').hidden = next === null
  $('empty').hidden = $('recordings').children.length > 0
}

// Under way before, and done now: their clips are to be seen.
let known = new Map()

function showRuns(runs) {
  $('running').hidden = runs.length === 0
  $('runs').replaceChildren(
    ...runs.map((run) =>
      filled('run-template', (part) => {
        part('strong').textContent = run.title || 'A recording'
        const all = run.done + run.steps.length
        part('progress').value = all === 0 ? 0 : run.done / all
        part('progress').setAttribute('aria-label', `${run.title}: ${run.done} of ${all} steps`)
        const lines = run.steps.slice(0, 5).map((step) => {
          const line = document.createElement('li')
          const about = step.subject === 0 ? step.kind : `${step.kind} of clip ${step.subject}`
          line.textContent = `${about}: ${step.says}`
          return line
        })
        part('.steps').append(...lines)
        part('.cancel').addEventListener(
          'click',
          () => void ask(`/api/v1/runs/${run.id}/cancel`, { method: 'POST' }).catch(trouble),
        )
      }),
    ),
  )
  const now = new Map(runs.map(({ id, done }) => [id, done]))
  const changed = [...known.keys()].some((id) => !now.has(id)) || [...now].some(([id, done]) => known.get(id) !== done)
  known = now
  if (changed) void showLibrary().catch(trouble)
}

function trouble(error) {
  $('trouble').textContent = error === null ? '' : error.message
  $('trouble').hidden = error === null
}

$('begin').addEventListener('submit', (event) => {
  event.preventDefault()
  void begin(event.currentTarget)
})

async function begin(form) {
  const button = form.querySelector('button')
  button.disabled = true
  trouble(null)
  try {
    const body = JSON.stringify(Object.fromEntries(new FormData(form)))
    await ask('/api/v1/runs', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    form.reset()
  } catch (error) {
    trouble(error)
  } finally {
    button.disabled = false
  }
}
$('more').addEventListener('click', () => void showLibrary({ more: true }).catch(trouble))

const stream = new EventSource('/api/v1/events/stream')
stream.addEventListener('open', () => ($('connection').textContent = 'live'))
stream.addEventListener('error', () => ($('connection').textContent = 'away, trying again …'))
stream.addEventListener('runs', ({ data }) => showRuns(JSON.parse(data)))
void showLibrary().catch(trouble)

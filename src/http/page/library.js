// The library: recordings with their finished clips. What has not changed is left alone, so that a clip that plays goes on playing.

import { ask, post, press } from './ask.js'
import { $, arrange, clock, filled, notice, setText, setTitle, trouble } from './nodes.js'

const pageSize = 20
// The API gives no more at once.
const mostAtOnce = 200

let next = null
let text = ''
let asked = 0

/** The first page anew, or as much as is shown. */
export async function showLibrary() {
  const mine = ++asked
  const shown = $('recordings').children.length
  const limit = Math.min(mostAtOnce, Math.max(pageSize, shown))
  const page = await ask(pathOf({ limit }))
  // Somebody has typed on meanwhile, and that answer counts.
  if (mine !== asked) return
  const rest =
    shown > mostAtOnce ? [...$('recordings').children].slice(mostAtOnce).map(({ recording }) => recording) : []
  if (rest.length === 0) next = page.next
  show([...page.items, ...rest])
}

export async function showMore() {
  const page = await ask(pathOf({ limit: pageSize, cursor: next }))
  next = page.next
  const [first] = page.items
  show([...[...$('recordings').children].map(({ recording }) => recording), ...page.items])
  // Who came by keyboard goes on where the new ones begin.
  if (first !== undefined) document.querySelector(`[data-key="${first.id}"] h3`)?.focus()
}

export function find(words) {
  text = words.trim()
  next = null
  $('recordings').replaceChildren()
  return showLibrary()
}

function pathOf({ limit, cursor }) {
  const query = new URLSearchParams({ limit })
  if (text !== '') query.set('text', text)
  if (cursor) query.set('cursor', cursor)
  return `/api/v1/recordings?${query}`
}

function show(recordings) {
  const unique = [...new Map(recordings.map((recording) => [recording.id, recording])).values()]
  arrange($('recordings'), unique, { keyOf: ({ id }) => id, make: makeRecording, update: updateRecording })
  $('more').hidden = next === null
  $('empty').hidden = unique.length > 0
  setText(
    $('empty'),
    text === '' ? 'Nothing here yet. Drop a recording above, or name one.' : `No title has “${text}” in it.`,
  )
  $('find-row').hidden = text === '' && unique.length < 5
}

function makeRecording() {
  return filled('recording-template', (part) => {
    part('.retry').addEventListener('click', ({ currentTarget }) => {
      const { recording } = currentTarget.closest('article')
      void press(currentTarget, () => retry(recording), trouble)
    })
  })
}

async function retry({ title, latestRun }) {
  await post(`/api/v1/runs/${latestRun.id}/retry`)
  notice(`“${title}” goes on.`)
  await showLibrary()
}

const ends = { failed: '✗ its last run failed', cancelled: '– its last run was cancelled' }

function updateRecording(node, recording) {
  const before = node.recording
  node.recording = recording
  if (JSON.stringify(before) === JSON.stringify(recording)) return
  const part = (selector) => node.querySelector(selector)
  setTitle(part('h3'), recording.title)
  const count = recording.clips === 1 ? '1 clip' : `${recording.clips} clips`
  const end = ends[recording.latestRun?.status]
  setText(part('.facts'), [clock(recording.duration), count, ...(end === undefined ? [] : [end])].join(' · '))
  part('.retry').hidden = end === undefined
  part('.retry').setAttribute('aria-label', `Try again ${recording.title}`)
  // Those far below are asked for when somebody comes near.
  if (recording.clips > 0) near.observe(node)
  else part('.clips').replaceChildren()
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue
      near.unobserve(target)
      void showClips(target).catch(trouble)
    }
  },
  { rootMargin: '800px' },
)

async function showClips(node) {
  const { items } = await ask(`/api/v1/recordings/${node.recording.id}/clips`)
  arrange(node.querySelector('.clips'), items, {
    keyOf: ({ id, video }) => `${id} ${video}`,
    make: makeClip,
    update: () => undefined,
  })
}

function makeClip(clip) {
  return filled('clip-template', (part) => {
    const video = part('video')
    video.src = clip.video
    video.poster = clip.thumbnail
    video.setAttribute('aria-label', clip.title)
    part('.frame').style.aspectRatio = `${clip.width} / ${clip.height}`
    setTitle(part('h4'), clip.title)
    const at = clip.moment === null ? '' : ` · at ${clock(clip.moment.start)}`
    setText(part('.facts'), `${Math.round(clip.duration)} s${at}`)
    setText(part('.reason'), clip.moment?.reasons[0]?.text ?? '')
    for (const [name, path] of [
      ['video', clip.video],
      ['srt', clip.captionFiles.srt],
      ['vtt', clip.captionFiles.vtt],
    ]) {
      const link = part(`a.${name}`)
      link.href = `${path}?download=${encodeURIComponent(clip.title)}`
      link.setAttribute('aria-label', `${link.textContent} of ${clip.title}`)
    }
  })
}

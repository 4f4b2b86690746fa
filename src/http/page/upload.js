// Files that are dropped or chosen go up by tus 1.0, piece by piece: they can be paused, and go on after a break, also of the page. Text is only
// ever set as text.

import { Refused } from './ask.js'
import { showStanding } from './nodes.js'

const endpoint = '/api/v1/uploads'
// Bytes of one request: small enough that progress is seen, large enough that requests don't matter.
const piece = 4 * 1024 * 1024
const waits = [500, 1000, 2000, 4000, 8000, 15000]

const node = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

const name = (button, file) => button.setAttribute('aria-label', `${button.textContent} ${file.name}`)
const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
// What is known of a file before it is read; with the same, an upload that was left is gone on with.
const nameFor = ({ name, size, lastModified }) => `upload ${name} ${size} ${lastModified}`

async function tus(address, { method, headers = {}, body, signal }) {
  const response = await fetch(address, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...headers },
    body,
    ...(signal && { signal }),
  })
  if (response.ok) return response
  const problem = await response.json().catch(() => ({}))
  const refused = new Refused({ title: `The server answered ${response.status}.`, code: 'UNKNOWN', ...problem })
  refused.status = response.status
  throw refused
}

/** Refuses what there is no room for before anything is sent. */
async function demandRoom(file) {
  const { full = [] } = await (await fetch(`${endpoint}/limits?bytes=${file.size}`)).json()
  if (full[0] !== undefined) throw new Refused({ title: full[0].message, ...full[0] })
}

async function announce(file) {
  const known = localStorage.getItem(nameFor(file))
  if (known !== null) {
    const there = await tus(known, { method: 'HEAD' }).catch((error) => {
      if (error.status === undefined) throw error // away: it may be there all the same
      return null
    })
    if (there !== null && Number(there.headers.get('upload-length')) === file.size) return known
  }
  await demandRoom(file)
  const settings = JSON.stringify({ mode: document.getElementById('mode')?.value || undefined })
  const metadata = `filename ${encode(file.name)},settings ${encode(settings)}`
  const made = await tus(endpoint, {
    method: 'POST',
    headers: { 'upload-length': String(file.size), 'upload-metadata': metadata },
  })
  const address = made.headers.get('location')
  localStorage.setItem(nameFor(file), address)
  return address
}

/** Sends what is missing; resolves when all is there. */
async function send(file, { address, signal, onProgress }) {
  let at = Number((await tus(address, { method: 'HEAD', signal })).headers.get('upload-offset'))
  while (at < file.size) {
    onProgress(at)
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) }
    const answer = await tus(address, { method: 'PATCH', headers, body: file.slice(at, at + piece), signal })
    at = Number(answer.headers.get('upload-offset'))
  }
  onProgress(at)
}

/** Breaks pass; what the server refuses for good does not. */
const passes = (error) =>
  error.status === undefined || [408, 409, 423, 429].includes(error.status) || error.status >= 500

function row(file) {
  const says = node('p', { className: 'facts' })
  says.setAttribute('role', 'status')
  const bar = node('progress', { max: file.size, value: 0, ariaLabel: `${file.name}, sent` })
  const hold = node('button', { className: 'quiet', type: 'button', textContent: 'Pause' })
  const away = node('button', { className: 'quiet', type: 'button', textContent: 'Cancel' })
  // For those who listen, each says what it is about.
  for (const button of [hold, away]) name(button, file)
  const title = node('strong', { textContent: file.name, dir: 'auto' })
  const buttons = node('span', { className: 'buttons' }, hold, away)
  const all = node('li', { className: 'run' }, node('p', { className: 'run-head' }, title, buttons), bar, says)
  return { all, says, bar, hold, away }
}

async function upload(file) {
  const { all, says, bar, hold, away } = row(file)
  document.getElementById('uploads').append(all)
  let [stop, address, isOver] = [new AbortController(), null, false]
  const show = (state, text) => showStanding(says, { state, says: text })
  const end = (state, text) => {
    isOver = true
    show(state, text)
    hold.remove()
    away.textContent = 'Close'
    name(away, file)
    localStorage.removeItem(nameFor(file))
  }
  const onProgress = (sent) => {
    bar.value = sent
    show('working', sent < file.size ? `${Math.floor((100 * sent) / file.size)} % sent` : 'being looked at …')
  }
  const run = async (tries = 0) => {
    try {
      show('waiting', 'beginning …')
      address ??= await announce(file)
      await send(file, { address, signal: stop.signal, onProgress })
      end('done', 'sent; its clips are being made')
    } catch (error) {
      if (stop.signal.aborted || isOver) return
      const wait = waits[tries]
      if (!passes(error) || wait === undefined) {
        if (error.status !== undefined && !passes(error)) {
          bar.hidden = true
          return end('failed', `${error.message} (${error.code})`)
        }
        show('waiting', `paused: ${error.message}`)
        hold.textContent = 'Go on'
        name(hold, file)
        stop.abort()
        return
      }
      show('waiting', 'the connection broke; trying again …')
      await new Promise((resolve) => setTimeout(resolve, wait))
      if (!stop.signal.aborted) await run(tries + 1)
    }
  }
  hold.addEventListener('click', () => {
    if (stop.signal.aborted) {
      stop = new AbortController()
      hold.textContent = 'Pause'
      void run()
    } else {
      stop.abort()
      hold.textContent = 'Go on'
      show('waiting', 'paused')
    }
    name(hold, file)
  })
  away.addEventListener('click', () => {
    stop.abort()
    if (!isOver && address !== null) void tus(address, { method: 'DELETE' }).catch(() => undefined)
    localStorage.removeItem(nameFor(file))
    isOver = true
    all.remove()
  })
  await run()
}

function begin() {
  const place = document.getElementById('upload')
  if (place === null) return
  const input = node('input', {
    type: 'file',
    multiple: true,
    accept: 'video/*,audio/*,.mkv,.ts,.m4a',
    id: 'upload-file',
  })
  const drop = node(
    'label',
    { className: 'drop', htmlFor: 'upload-file' },
    'Drop recordings here, or choose them',
    input,
  )
  place.append(drop, node('ul', { id: 'uploads', ariaLabel: 'Uploads' }))
  const take = (files) => {
    for (const file of files) void upload(file)
  }
  input.addEventListener('change', () => {
    take([...input.files])
    input.value = ''
  })
  for (const name of ['dragenter', 'dragover'])
    drop.addEventListener(name, (event) => {
      event.preventDefault()
      drop.classList.add('over')
    })
  for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('over'))
  drop.addEventListener('drop', (event) => {
    event.preventDefault()
    take([...event.dataTransfer.files])
  })
  // Beside the place a dropped file would replace the page.
  for (const name of ['dragover', 'drop']) addEventListener(name, (event) => event.preventDefault())
}

begin()

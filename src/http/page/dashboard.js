// The dashboard's own script: asks every five seconds while it is looked at, and fills the page. Text is only ever set as text.
import { chart } from '/dashboard-chart.js'
import { ago, bytes, count, duration, many, milliseconds, share } from '/dashboard-words.js'

const $ = (id) => document.getElementById(id)
const everyMs = 5000

function make(name, { text, className, ...rest } = {}, ...children) {
  const node = document.createElement(name)
  if (text !== undefined) node.textContent = text
  if (className) node.className = className
  Object.assign(node, rest)
  node.append(...children)
  return node
}

/** `columns`: name, `number` for figures, and what stands in a row: text, a node, or `{ text, className }`. */
function fillTable(id, columns, items) {
  const head = make(
    'tr',
    {},
    ...columns.map(({ name, number }) => make('th', { text: name, scope: 'col', className: number ? 'number' : '' })),
  )
  const lines = items.map((item) =>
    make(
      'tr',
      {},
      ...columns.map(({ number, show }, i) => {
        const shown = show(item)
        const { text, className = '' } = typeof shown === 'string' ? { text: shown } : shown
        const cell = make(i === 0 ? 'th' : 'td', { className: `${number ? 'number ' : ''}${className}` })
        if (i === 0) cell.scope = 'row'
        cell.append(shown instanceof Node ? shown : text)
        return cell
      }),
    ),
  )
  const isHeaded = columns.some(({ name }) => name !== '')
  $(id).replaceChildren(...(isHeaded ? [make('thead', {}, head)] : []), make('tbody', {}, ...lines))
}

const sum = (items, of) => items.reduce((total, each) => total + of(each), 0)
const calm = (value) => ({ text: count(value), className: value === 0 ? 'quiet-zero' : '' })
const alarm = (value) => ({ text: count(value), className: value === 0 ? 'quiet-zero' : 'bad' })
const secondsSince = (at, shown) => Math.max(0, (Date.parse(shown.takenAt) - Date.parse(at)) / 1000)

function showNow(shown) {
  const { queue, throughput, workers, storage, process } = shown
  const living = workers.filter(({ state }) => state !== 'dead')
  const busy = sum(living, ({ doing }) => doing.length)
  const failed = sum(queue, (each) => each.failed)
  const tiles = [
    [
      'Under way',
      count(sum(queue, ({ working }) => working)),
      `${many(
        sum(queue, ({ queued }) => queued),
        'step',
      )} waiting`,
    ],
    ['Recordings an hour', count(throughput.recordings.hour), `${count(throughput.recordings.day)} in 24 hours`],
    ['Clips an hour', count(throughput.clips.hour), `${count(throughput.clips.day)} in 24 hours`],
    ['Failed steps', alarm(failed), failed === 0 ? 'nothing to try again' : 'until they are tried again'],
    ['Workers', count(living.length), busy === 0 ? 'idle' : `${many(busy, 'step')} in hand`],
    ['Free disk', bytes(storage.disk.free), `of ${bytes(storage.disk.total)}`],
    ['Processor', share(process.machineCpu), 'of the machine'],
    [
      'Library',
      count(storage.recordings.count),
      `recordings, ${duration(storage.recordings.seconds)}; ${many(storage.clips, 'clip')}`,
    ],
  ]
  $('now').replaceChildren(
    ...tiles.map(([name, value, words]) => {
      const { text, className } = typeof value === 'string' ? { text: value } : value
      const figure = make('dd', { text, className }, make('small', { text: words }))
      return make('div', {}, make('dt', { text: name }), figure)
    }),
  )
}

function showAttention({ queue, workers, storage, connections }) {
  const dead = workers.filter(({ state }) => state === 'dead')
  const waiting = sum(queue, ({ queued }) => queued)
  const lines = [
    waiting > 0 && dead.length === workers.length && `${many(waiting, 'step')} waiting, and nobody works.`,
    dead.length > 0 && `${many(dead.length, 'worker')} died; what they held goes to others.`,
    ...queue.filter(({ paused }) => paused).map(({ kind }) => `${kind} is paused: clipwright jobs resume ${kind}`),
    storage.disk.free < 2e9 && `Only ${bytes(storage.disk.free)} are free on the disk.`,
    connections.waiting > 0 &&
      `${many(connections.waiting, 'query').replace('querys', 'queries')} waiting for a connection to the database: DATABASE_POOL_SIZE.`,
  ].filter(Boolean)
  $('attention').hidden = lines.length === 0
  const before = [...$('attention').children].map((line) => line.textContent)
  // What stands still is not read out again.
  if (before.join('\n') !== lines.join('\n'))
    $('attention').replaceChildren(...lines.map((text) => make('li', { text })))
}

function showErrors(shown) {
  $('errors').hidden = shown.errors.length === 0
  fillTable(
    'errors-table',
    [
      { name: 'Code', show: ({ code }) => code },
      { name: 'Times', number: true, show: (error) => count(error.count) },
      { name: 'Last', number: true, show: ({ lastAt }) => ago(secondsSince(lastAt, shown)) },
      { name: 'Step', show: ({ kind }) => kind },
      { name: 'What it said', show: ({ message }) => ({ text: message, className: 'words' }) },
      {
        name: 'Example',
        show: ({ run, code }) => make('a', { text: 'run', href: run, ariaLabel: `a run with ${code}` }),
      },
    ],
    shown.errors,
  )
}

function showSteps({ queue, durations, stages }) {
  const of = (kind) => durations.find((each) => each.kind === kind)
  fillTable(
    'steps-table',
    [
      { name: 'Step', show: ({ kind, paused }) => (paused ? `${kind} (paused)` : kind) },
      { name: 'Waiting', number: true, show: ({ queued }) => calm(queued) },
      { name: 'Longest wait', number: true, show: ({ longestWait }) => duration(longestWait) },
      { name: 'Under way', number: true, show: ({ working }) => calm(working) },
      { name: 'Failed', number: true, show: ({ failed }) => alarm(failed) },
      { name: 'Half within', number: true, show: ({ kind }) => duration(of(kind).p50) },
      { name: '95 of 100 within', number: true, show: ({ kind }) => duration(of(kind).p95) },
      { name: 'Reused', number: true, show: ({ kind }) => calm(of(kind).reused) },
    ],
    queue,
  )
  fillTable(
    'stages-table',
    [
      { name: 'Stage', show: ({ stage }) => stage },
      { name: 'Half within', number: true, show: ({ p50 }) => duration(p50) },
      { name: '95 of 100 within', number: true, show: ({ p95 }) => duration(p95) },
      { name: 'Runs of a week', number: true, show: ({ runs }) => calm(runs) },
    ],
    stages,
  )
}

const deeds = { working: 'waits for work', draining: 'ends when it is done', dead: 'dead' }

function showWorkers({ workers }) {
  $('no-workers').hidden = workers.length > 0
  $('workers-table').parentElement.hidden = workers.length === 0
  const does = ({ state, doing, onlyRun }) => {
    if (state === 'dead') return { text: 'dead', className: 'bad' }
    if (doing.length === 0) return onlyRun === null ? deeds[state] : 'works on one run alone'
    return { text: doing.map(({ kind }) => kind).join(', '), className: 'words' }
  }
  fillTable(
    'workers-table',
    [
      { name: 'Worker', show: ({ host, pid }) => `${host}, process ${pid}` },
      { name: 'Does', show: does },
      { name: 'Heard of', number: true, show: ({ silentSeconds }) => ago(silentSeconds) },
      { name: 'Steps done', number: true, show: ({ doneCount }) => calm(doneCount) },
      { name: 'Restarts', number: true, show: ({ restarts }) => calm(restarts) },
      { name: 'Memory', number: true, show: ({ memoryBytes }) => bytes(memoryBytes) },
      { name: 'Late by', number: true, show: ({ loopDelayMs }) => milliseconds(loopDelayMs) },
    ],
    workers,
  )
}

function showServer({ storage, process, connections, requests, cache, models }) {
  const twoColumns = [
    { name: '', show: ([name]) => name },
    { name: '', number: true, show: ([, value]) => value },
  ]
  fillTable('storage-table', twoColumns, [
    ...storage.kinds.map(({ kind, bytes: size }) => [kind, bytes(size)]),
    ['recordings, where they are', bytes(storage.recordings.bytes)],
    ['free', bytes(storage.disk.free)],
  ])
  fillTable('server-table', twoColumns, [
    ['Memory', bytes(process.memoryBytes)],
    ['Free memory of the machine', `${bytes(process.machineMemory.free)} of ${bytes(process.machineMemory.total)}`],
    ['Late by, 99 of 100', milliseconds(process.loopDelay.p99)],
    ['Connections in use', `${connections.used} of ${connections.most}`],
    ['Waiting for one, now', count(connections.waiting)],
    ['Longest wait for one, in a minute', milliseconds(connections.longestWaitMs)],
    ['Connections of the database, of all', `${connections.server.open} of ${connections.server.most}`],
    ['Requests since the start', count(requests.requests)],
    ['95 of 100 answered within', milliseconds(requests.p95)],
    ['Not sent again (304)', share(cache.notModified)],
    ['Steps whose result was there', share(cache.reusedSteps)],
    ['Answers of models that were kept', share(cache.modelAnswers)],
    [
      'Calls of models in 24 hours',
      `${count(models.calls)}, ${models.failed === 0 ? 'none' : count(models.failed)} failed`,
    ],
    ['What they cost', `${models.usd.toFixed(2)} USD`],
  ])
}

const kinds = ['ingest', 'transcribe', 'analyze', 'detect', 'reframe', 'cut', 'conclude']
const charts = [
  { id: 'queue', title: 'Steps waiting', series: Object.fromEntries(kinds.map((kind) => [`queued.${kind}`, kind])) },
  {
    id: 'done',
    title: 'Finished in the hour before',
    series: { 'clips.perHour': 'clips', 'recordings.perHour': 'recordings' },
  },
  {
    id: 'stages',
    title: 'Time until half of the runs were …',
    series: {
      'stage.clips ready': 'ready',
      'stage.moments found': 'moments found',
      'stage.transcribed': 'transcribed',
    },
  },
  { id: 'work', title: 'Steps under way, failed', series: { working: 'under way', failed: 'failed' } },
  { id: 'cpu', title: 'Processor', series: { 'cpu.machine': 'of the machine' } },
  {
    id: 'memory',
    title: 'Memory',
    series: { 'memory.server': 'this server', 'memory.workers': 'workers', 'memory.free': 'free' },
  },
  { id: 'late', title: 'Event loop, late by (99 of 100)', series: { 'loopDelay.p99': 'late by' } },
  {
    id: 'connections',
    title: 'Database connections',
    series: { 'connections.used': 'in use', 'connections.server': 'of all', 'connections.waiting': 'waited for' },
  },
  { id: 'requests', title: 'Requests a minute', series: { 'requests.perMinute': 'requests' } },
  { id: 'answers', title: 'Answered within (95 of 100)', series: { 'requests.p95': 'requests' } },
  { id: 'cache', title: 'Had already', series: { 'steps.reused': 'steps', 'requests.notModified': 'requests' } },
  {
    id: 'storage',
    title: 'Storage',
    series: {
      'storage.renderings': 'renderings',
      'storage.database': 'database',
      'storage.other': 'other',
      'disk.free': 'free disk',
    },
  },
]

let drawn = ''

function showHistory({ history }) {
  // Drawn anew only when there is something new: an open table stays open.
  const key = `${history.hours} ${history.at.at(-1)} ${history.series.map(({ values }) => values.at(-1)).join()}`
  if (key === drawn) return
  drawn = key
  const open = new Set(
    [...document.querySelectorAll('.chart details[open]')].map((each) => each.closest('.chart').dataset.id),
  )
  const of = new Map(history.series.map((each) => [each.name, each]))
  $('charts').replaceChildren(
    ...charts.map(({ id, title, series }) => {
      const all = Object.entries(series).map(([name, label]) => ({ label, ...of.get(name) }))
      // Seven kinds of steps that never waited are one line of nothing.
      const some = id === 'queue' ? all.filter(({ values }) => values.some((value) => value > 0)) : all
      const lines = some.length > 0 ? some : all.slice(0, 1)
      return chart({ id, title, lines, unit: all[0].unit, at: history.at, hours: history.hours })
    }),
  )
  for (const id of open) document.querySelector(`.chart[data-id="${id}"] details`).open = true
}

function show(shown) {
  $('as-of').textContent = `as of ${new Date(shown.takenAt).toLocaleTimeString('en-GB')}`
  for (const part of [showNow, showAttention, showErrors, showSteps, showWorkers, showServer, showHistory]) part(shown)
}

async function look() {
  try {
    const response = await fetch(`/api/v1/dashboard?hours=${$('hours').value}`)
    const body = await response.json()
    if (!response.ok) throw new Error([body.title, body.hint].filter(Boolean).join(' '))
    show(body)
    $('trouble').hidden = true
  } catch (error) {
    $('trouble').textContent = error instanceof TypeError ? 'The server does not answer. Trying again …' : error.message
    $('trouble').hidden = false
  }
}

let timer
async function keepLooking() {
  clearTimeout(timer)
  // Nobody looks at a page in the background, and the server need not measure for it.
  if (!document.hidden) await look()
  clearTimeout(timer)
  timer = setTimeout(() => void keepLooking(), everyMs)
}

document.addEventListener('visibilitychange', () => void keepLooking())
$('hours').addEventListener('change', () => void keepLooking())
void keepLooking()

// What is under way: one entry a run, brought up to date where it stands.

import { post, press } from './ask.js'
import { $, arrange, filled, nameOfStep, notice, setText, setTitle, showStanding, trouble } from './nodes.js'

const mostSteps = 5

export function showRuns(runs) {
  $('running').hidden = runs.length === 0
  arrange($('runs'), runs, { keyOf: ({ id }) => id, make: makeRun, update: updateRun })
}

function makeRun(run) {
  return filled('run-template', (part) => {
    const named = (button, what) => button.setAttribute('aria-label', `${what} ${run.title}`)
    const [cancel, front] = [part('.cancel'), part('.front')]
    named(cancel, 'Cancel')
    named(front, 'First:')
    cancel.addEventListener('click', () => void press(cancel, () => cancelRun(run), trouble))
    front.addEventListener('click', () => void press(front, () => moveToFront(run), trouble))
  })
}

async function cancelRun({ id, title }) {
  await post(`/api/v1/runs/${id}/cancel`)
  notice(`“${title}” is cancelled; what it had finished is kept.`, (button) =>
    press(button, () => bringBack({ id, title }), trouble),
  )
}

async function bringBack({ id, title }) {
  await post(`/api/v1/runs/${id}/retry`)
  notice(`“${title}” goes on.`)
}

async function moveToFront({ id, title }) {
  await post(`/api/v1/runs/${id}/front`)
  notice(`“${title}” comes first now.`)
}

function updateRun(node, run) {
  const part = (selector) => node.querySelector(selector)
  setTitle(part('strong'), run.title || 'A recording')
  showStanding(part('.says'), run)
  const bar = part('progress')
  bar.value = run.fraction ?? 0
  bar.setAttribute('aria-label', `How far ${run.title} is`)
  bar.setAttribute('aria-valuetext', run.says)
  // Where nothing is done there is nothing to overtake for.
  const needsWords = run.status === 'needs-transcript'
  part('.front').hidden = run.state !== 'waiting' || needsWords
  bar.hidden = needsWords
  part('.help').hidden = !needsWords
  setText(part('.help p'), needsWords ? [run.error?.message, run.error?.hint].filter(Boolean).join(' ') : '')
  const shown = run.steps.slice(0, mostSteps)
  // Not the same words twice.
  part('.steps').hidden = shown.length === 1 && shown[0].says === run.says
  arrange(part('.steps'), shown, {
    keyOf: ({ id }) => id,
    make: () => {
      const line = document.createElement('li')
      line.append(document.createElement('span'), document.createElement('span'))
      return line
    },
    update: (line, step) => {
      setText(line.firstChild, nameOfStep(step))
      showStanding(line.lastChild, step)
    },
  })
  const more = run.steps.length - shown.length
  part('.rest').hidden = more === 0
  setText(part('.rest'), `and ${more} more`)
}

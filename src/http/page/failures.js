// What failed for good: why, the evidence, and another chance.

import { ask, post, press } from './ask.js'
import { $, arrange, filled, nameOfStep, notice, setText, setTitle, showStanding, trouble } from './nodes.js'

const mostShown = 10

export async function showFailures() {
  const { items, next } = await ask(`/api/v1/admin/dead-letters?current=true&limit=${mostShown}`)
  $('failed').hidden = items.length === 0
  $('retry-all').hidden = items.length < 2
  arrange($('failures'), items, {
    keyOf: ({ id, tries }) => `${id} ${tries}`,
    make: makeFailure,
    update: () => undefined,
  })
  $('more-failures').hidden = next === null
}

function makeFailure(letter) {
  return filled('failure-template', (part) => {
    setTitle(part('strong'), letter.title || 'A recording')
    setText(part('.step'), nameOfStep(letter))
    showStanding(part('.says'), letter)
    part('.hint').hidden = letter.hint === undefined
    setText(part('.hint'), letter.hint ?? '')
    part('.tries').append(...letter.failedAttempts.map(makeTry))
    part('details').hidden = letter.failedAttempts.length === 0
    const retry = part('.retry')
    retry.setAttribute('aria-label', `Try again ${nameOfStep(letter)} of ${letter.title}`)
    retry.addEventListener('click', () => void press(retry, () => retryOne(letter), trouble))
  })
}

function makeTry({ attempt, seconds, host, code, message, command, exitCode, signal, toolSeconds, output }) {
  return filled('try-template', (part) => {
    const facts = [
      `Try ${attempt}`,
      seconds === null ? '' : `${seconds.toFixed(1)} s`,
      host === null ? '' : `on ${host}`,
      code,
    ]
    setText(part('.facts'), facts.filter((fact) => fact !== '').join(' · '))
    setText(part('.message'), message)
    const ended =
      typeof exitCode === 'number' ? `ended with ${exitCode}` : typeof signal === 'string' ? `ended by ${signal}` : ''
    const after = toolSeconds === undefined ? '' : `after ${toolSeconds.toFixed(1)} s`
    const lines = [command ?? '', [ended, after].filter((text) => text !== '').join(' '), output ?? '']
    const text = lines.filter((line) => line !== '').join('\n\n')
    part('pre').hidden = text === ''
    setText(part('pre'), text)
  })
}

async function retryOne(letter) {
  await post(`/api/v1/admin/dead-letters/${letter.id}/retry`)
  notice(`“${letter.title}”: ${nameOfStep(letter)} is tried again.`)
  await showFailures()
}

/** All that are shown; one that somebody else tried again meanwhile is no trouble. */
export async function retryAll() {
  const { items } = await ask(`/api/v1/admin/dead-letters?current=true&limit=200`)
  for (const runId of new Set(items.map((letter) => letter.runId))) {
    await post(`/api/v1/runs/${runId}/retry`).catch((error) => {
      if (error.code !== 'NOTHING_TO_RETRY') throw error
    })
  }
  notice('Everything that failed is tried again.')
  await showFailures()
}

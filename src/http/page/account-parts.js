// What the parts of the account page share: forms, entries of lists, secrets that are shown once, and asking before something is destroyed.

import { press } from './ask.js'
import { $, filled, setText, setTitle } from './nodes.js'

/** Does what a form asks for, once at a time; what goes wrong is said in the form. */
export function onSubmit(form, work) {
  const trouble = form.querySelector('.trouble')
  const say = (error) => {
    trouble.hidden = error === null
    setText(trouble, error === null ? '' : `${error.message}${error.code === undefined ? '' : ` (${error.code})`}`)
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    say(null)
    void press(form.querySelector('button'), () => work(Object.fromEntries(new FormData(form))), say)
  })
}

/** One entry of a list: who or what, the facts in a line, and what can be done with it. */
export function entry(title, facts, ...controls) {
  return filled('entry-template', (part) => {
    setTitle(part('strong'), title)
    setText(part('.facts'), facts.filter((fact) => fact !== '').join(' · '))
    part('.buttons').append(...controls)
  })
}

export function button(text, label, work) {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'quiet'
  made.textContent = text
  made.setAttribute('aria-label', label)
  made.addEventListener('click', () => work(made))
  return made
}

/** Whether they mean it. Escape, and the first button, leave everything as it is. */
export function sure({ head, text, go }) {
  const dialog = $('confirm')
  setText($('confirm-head'), head)
  setText($('confirm-text'), text)
  setText(dialog.querySelector('[value=go]'), go)
  dialog.returnValue = 'keep'
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'go'), { once: true })
  })
}

/** Shows what can't be shown again, until somebody says that they have it. */
export function showSecret(place, { says, secret }) {
  const node = filled('secret-template', (part) => {
    setText(part('.says'), says)
    setText(part('code'), secret)
    part('code').setAttribute('aria-label', 'To be copied')
    part('.copy').addEventListener('click', ({ currentTarget }) => void copy(secret, part('code'), currentTarget))
    part('.done').addEventListener('click', () => {
      place.hidden = true
      place.replaceChildren()
      place.closest('section').querySelector('h2').focus()
    })
  })
  place.replaceChildren(node)
  place.hidden = false
  node.querySelector('.copy').focus()
}

async function copy(text, code, pressed) {
  try {
    await navigator.clipboard.writeText(text)
    setText(pressed, 'Copied')
  } catch {
    // Browsers copy over https or on this machine only: it is marked, and the person does it.
    getSelection()?.selectAllChildren(code)
    setText(pressed, 'Marked: copy it now')
  }
}

export const day = (time) =>
  new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

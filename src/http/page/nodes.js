// Pieces of the page. Text is only ever set as text, never as markup.

export const $ = (id) => document.getElementById(id)

/** A copy of a template, filled. */
export function filled(template, fill) {
  const node = $(template).content.firstElementChild.cloneNode(true)
  fill((selector) => node.querySelector(selector), node)
  return node
}

/** Sets text where it differs: what stands still is not read out again, nor is a selection lost. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/** The same for a title, which may be cut short where it is shown. */
export function setTitle(node, text) {
  setText(node, text)
  node.title = text
}

/**
 * Brings the children of a list in line with what there is, by key: those that stay keep their place in the tab order, their focus, and what
 * plays in them.
 */
export function arrange(list, items, { keyOf, make, update }) {
  const before = new Map([...list.children].map((node) => [node.dataset.key, node]))
  let at = list.firstElementChild
  for (const item of items) {
    const key = keyOf(item)
    let node = before.get(key)
    before.delete(key)
    if (node === undefined) {
      node = make(item)
      node.dataset.key = key
    }
    update(node, item)
    if (node === at) at = at.nextElementSibling
    else list.insertBefore(node, at)
  }
  for (const node of before.values()) node.remove()
}

const signs = { waiting: '○', working: '▶', done: '✓', failed: '✗', cancelled: '–', skipped: '»' }

/** How something stands: sign, colour and words, so that none is needed alone. */
export function showStanding(node, { state, says }) {
  node.classList.add('standing')
  if (node.dataset.state === state && node.lastChild?.textContent === says) return
  node.dataset.state = state
  const sign = document.createElement('span')
  sign.className = 'sign'
  sign.setAttribute('aria-hidden', 'true')
  sign.textContent = signs[state]
  node.replaceChildren(sign, document.createTextNode(says))
}

export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (n) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** `cut of clip 2`, or only `detect`. */
export function nameOfStep({ kind, subject }) {
  return subject === 0 ? kind : `${kind} of clip ${subject}`
}

/** One sentence for everyone, also for those who listen; with a way back where there is one. */
export function notice(text, undo) {
  $('notice').hidden = false
  setText($('notice-text'), text)
  const button = $('undo')
  button.hidden = undo === undefined
  button.onclick = undo === undefined ? null : () => undo(button)
}

export function trouble(error) {
  notice(`${error.message}${error.code === undefined ? '' : ` (${error.code})`}`)
}

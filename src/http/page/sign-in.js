// Signing in; and on the very first visit, making the owner. Afterwards back to where somebody wanted to go.

const $ = (id) => document.getElementById(id)

async function send(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (response.ok) return
  const problem = await response.json()
  const issues = (problem.issues ?? []).map(({ path: field, message }) => `${field.slice(1)} ${message}`.trim())
  throw new Error([problem.title, ...issues].join(' '))
}

/** Only ever a page of this server. */
function whereTo() {
  const then = new URL(new URLSearchParams(location.search).get('then') ?? '/', location.origin)
  return then.origin === location.origin ? `${then.pathname}${then.search}${then.hash}` : '/'
}

function show({ ownerExists, account }) {
  if (account !== null) {
    location.replace(whereTo())
    return
  }
  if (!ownerExists) {
    document.title = 'The first account · Clipwright'
    $('head').textContent = 'The first account'
    $('lead').textContent =
      'It is the owner’s: who decides whom else to let in. Once it is made, everybody has to sign in, also on this machine.'
    $('lead').hidden = false
    $('name-field').hidden = false
    $('name').required = true
    $('password-hint').hidden = false
    $('password').autocomplete = 'new-password'
    $('remember-field').hidden = true
    $('forgotten').hidden = true
    $('go').textContent = 'Make the owner'
  }
  $('door').hidden = false
  ;(ownerExists ? $('email') : $('name')).focus()
  $('door').addEventListener('submit', (event) => {
    event.preventDefault()
    void enter(ownerExists)
  })
}

async function enter(ownerExists) {
  $('go').disabled = true
  trouble(null)
  const [name, email, password] = ['name', 'email', 'password'].map((field) => $(field).value)
  try {
    if (ownerExists) await send('/api/v1/sign-in', { email, password, remember: $('remember').checked })
    else await send('/api/v1/accounts/owner', { name, email, password })
    location.replace(whereTo())
  } catch (error) {
    trouble(error)
    $('go').disabled = false
    $('password').select()
  }
}

function trouble(error) {
  $('trouble').textContent = error === null ? '' : error.message
  $('trouble').hidden = error === null
}

async function open() {
  const response = await fetch('/api/v1/sign-in')
  const answer = await response.json()
  if (!response.ok) throw new Error([answer.title, answer.hint].filter(Boolean).join(' '))
  show(answer)
}

open().catch((error) => {
  $('door').hidden = false
  $('go').disabled = true
  trouble(error)
})

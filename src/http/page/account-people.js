// Who else may come in: for owners.

import { button, day, entry, onSubmit, showSecret, sure } from './account-parts.js'
import { ask, post, press, send } from './ask.js'
import { $, notice, trouble } from './nodes.js'

const path = '/api/v1/accounts'
let me = null

export async function showPeople(account) {
  me = account
  await refresh()
}

async function refresh() {
  $('people').replaceChildren(...(await everybody()).map(personEntry))
}

async function everybody() {
  const people = []
  let cursor = ''
  do {
    const { items, next } = await ask(`${path}?limit=200${cursor}`)
    people.push(...items)
    cursor = next === null ? null : `&cursor=${encodeURIComponent(next)}`
  } while (cursor !== null)
  return people
}

function personEntry(person) {
  const { id, name, email, lastSeenAt } = person
  const isMe = id === me.id
  const facts = [email, isMe ? 'you' : lastSeenAt === null ? 'never signed in' : `seen ${day(lastSeenAt)}`]
  if (isMe) return entry(name, facts, roleSelect(person))
  return entry(
    name,
    facts,
    roleSelect(person),
    button('New password', `New password for ${name}`, (pressed) => void press(pressed, () => renew(person), trouble)),
    button('Remove', `Remove ${name}`, (pressed) => void press(pressed, () => remove(person), trouble)),
  )
}

function roleSelect(person) {
  const select = document.createElement('select')
  select.setAttribute('aria-label', `Role of ${person.name}`)
  for (const role of ['viewer', 'editor', 'owner']) select.add(new Option(role, role))
  select.value = person.role
  select.addEventListener('change', () => {
    const role = select.value
    void press(select, () => changeRole(person, role), trouble).then(() => {
      select.value = person.role
    })
  })
  return select
}

async function changeRole(person, role) {
  const { id, name, role: before } = person
  const asked = {
    head: `Be ${role} yourself?`,
    text: 'You could no longer let people in. Another owner can make you owner again.',
    go: 'Change my role',
  }
  if (id === me.id && !(await sure(asked))) return
  await send('PATCH', `${path}/${id}`, { role })
  person.role = role
  if (id === me.id) return location.reload()
  notice(`${name} is ${role} now.`, (undo) => press(undo, () => changeRole(person, before).then(refresh), trouble))
}

async function renew({ id, name, email }) {
  const asked = {
    head: `A new password for ${name}?`,
    text: 'The old one no longer works, and they are signed out everywhere.',
    go: 'Give a new password',
  }
  if (!(await sure(asked))) return
  const password = newPassword()
  await send('PATCH', `${path}/${id}`, { password })
  tell({ says: `${name} signs in with this from now on. It is shown this once:`, email, password })
}

async function remove({ id, name }) {
  const asked = {
    head: `Remove ${name}?`,
    text: 'They are signed out everywhere and their keys stop working, at once. What they made stays.',
    go: 'Remove',
  }
  if (!(await sure(asked))) return
  await send('DELETE', `${path}/${id}`)
  await refresh()
  notice(`${name} is removed.`)
  $('people-head').focus()
}

onSubmit($('person-form'), async (asked) => {
  const password = newPassword()
  const { name, email } = await post(path, { ...asked, password })
  $('person-form').reset()
  await refresh()
  tell({
    says: `${name} may come in. Tell them what to sign in with; the password is shown this once:`,
    email,
    password,
  })
})

function tell({ says, email, password }) {
  showSecret($('new-person'), { says, secret: `${location.origin}/sign-in\n${email}\n${password}` })
}

// None that look alike.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Five groups of four letters: about 99 bits. */
function newPassword() {
  const fair = 256 - (256 % letters.length)
  let made = ''
  while (made.length < 20) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < fair) made += letters[byte % letters.length]
  }
  return made.match(/.{4}/g).join('-')
}

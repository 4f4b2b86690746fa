// One's own account: name, password, where one is signed in; keys and people in files of their own. Text is only ever set as text.

import { showKeys } from './account-keys.js'
import { button, day, entry, onSubmit, sure } from './account-parts.js'
import { showPeople } from './account-people.js'
import { ask, post, press, send } from './ask.js'
import { $, notice, setText, trouble } from './nodes.js'

const me = '/api/v1/accounts/me'

async function open() {
  const { ownerExists } = await ask('/api/v1/sign-in')
  $('nobody').hidden = ownerExists
  if (!ownerExists) return
  const account = await ask(me)
  showWho(account)
  $('name').value = account.name
  $('username').value = account.email
  $('parts').hidden = false
  $('people-part').hidden = account.role !== 'owner'
  await Promise.all([showSessions(), showKeys(account), ...(account.role === 'owner' ? [showPeople(account)] : [])])
}

function showWho({ email, role }) {
  setText($('who'), `${email}, ${role}`)
  $('who').hidden = false
}

onSubmit($('name-form'), async ({ name }) => {
  const account = await send('PATCH', me, { name })
  $('name').value = account.name
  const link = $('to-account')
  if (link !== null) setText(link, account.name)
  notice('The name is saved.')
})

onSubmit($('password-form'), async ({ current, next }) => {
  await post(`${me}/password`, { current, next })
  $('password-form').reset()
  await showSessions()
  notice('The password is changed; everywhere else you are signed out.')
})

async function showSessions() {
  const { items } = await ask(`${me}/sessions`)
  const thisFirst = items.toSorted((a, b) => Number(b.isThis) - Number(a.isThis))
  $('sessions').replaceChildren(...thisFirst.map(sessionEntry))
  $('end-others').hidden = items.length < 2
}

function sessionEntry({ id, isThis, address, userAgent, createdAt, seenAt }) {
  const name = browserOf(userAgent ?? '')
  const facts = [
    isThis ? 'this one' : '',
    address ?? '',
    `since ${day(createdAt)}`,
    isThis ? '' : `seen ${day(seenAt)}`,
  ]
  if (isThis) return entry(name, facts)
  const end = (pressed) =>
    press(
      pressed,
      async () => {
        await send('DELETE', `${me}/sessions/${id}`)
        await showSessions()
        notice(`${name} is signed out.`)
        $('sessions-head').focus()
      },
      trouble,
    )
  return entry(
    name,
    facts,
    button('Sign out', `Sign out ${name}, since ${day(createdAt)}`, (pressed) => void end(pressed)),
  )
}

const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrom', 'Chrome'],
  ['Safari', 'Safari'],
  ['curl', 'curl'],
]
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
]

/** What a browser calls itself, as a person would. */
function browserOf(userAgent) {
  const find = (names) => names.find(([sign]) => userAgent.includes(sign))?.[1]
  return [find(browsers) ?? 'A browser', find(systems)].filter(Boolean).join(' on ')
}

$('end-others').addEventListener('click', ({ currentTarget }) => {
  void press(
    currentTarget,
    async () => {
      const asked = { head: 'Sign out everywhere else?', text: 'Only this browser stays signed in.', go: 'Sign out' }
      if (!(await sure(asked))) return
      await send('DELETE', `${me}/sessions?butThis=true`)
      await showSessions()
      notice('Everywhere else you are signed out.')
      $('sessions-head').focus()
    },
    trouble,
  )
})
$('close-notice').addEventListener('click', () => {
  $('notice').hidden = true
})

void open().catch(trouble)

// Keys for programs: what there are, making one, revoking one.

import { button, day, entry, onSubmit, showSecret, sure } from './account-parts.js'
import { ask, post, press, send } from './ask.js'
import { $, notice, trouble } from './nodes.js'

const path = '/api/v1/accounts/me/keys'
// What a key may at most, by the role of its account.
const most = { viewer: ['read'], editor: ['read', 'write'], owner: ['read', 'write', 'admin'] }

export async function showKeys({ role }) {
  for (const option of $('key-scope').options) option.disabled = option.hidden = !most[role].includes(option.value)
  await refresh()
}

async function refresh() {
  const { items } = await ask(path)
  $('keys').replaceChildren(...items.map(keyEntry))
  $('no-keys').hidden = items.length > 0
}

function keyEntry(key) {
  const { name, start, scope, expiresAt, lastUsedAt } = key
  const isOver = expiresAt !== null && Date.parse(expiresAt) < Date.now()
  const ends = expiresAt === null ? 'until it is revoked' : `${isOver ? 'ran out' : 'until'} ${day(expiresAt)}`
  const used = lastUsedAt === null ? 'never used' : `used ${day(lastUsedAt)}`
  const revoke = button('Revoke', `Revoke ${name}`, (pressed) => void press(pressed, () => askAndRevoke(key), trouble))
  return entry(name, [`${start}…`, scope, ends, used], revoke)
}

async function askAndRevoke({ id, name }) {
  const asked = {
    head: `Revoke “${name}”?`,
    text: 'Programs that send it are refused at once. It can’t be brought back; a new one can be made.',
    go: 'Revoke',
  }
  if (!(await sure(asked))) return
  await send('DELETE', `${path}/${id}`)
  await refresh()
  notice(`“${name}” is revoked.`)
  $('keys-head').focus()
}

onSubmit($('key-form'), async ({ name, scope, expiresInDays }) => {
  const days = expiresInDays === '' ? null : Number(expiresInDays)
  const made = await post(path, { name, scope, expiresInDays: days })
  $('key-form').reset()
  await refresh()
  showSecret($('new-key'), { says: `“${made.name}” is made. This is its key, shown this once:`, secret: made.key })
})

// On every page with a <nav>: who is signed in, and the way out; or the way to the first account.

const nav = document.querySelector('header nav')

async function showAccount() {
  const response = await fetch('/api/v1/sign-in')
  if (!response.ok || nav === null) return
  const { ownerExists, account } = await response.json()
  if (account !== null) nav.append(signedInAs(account))
  else nav.append(wayIn(ownerExists ? 'Sign in' : 'Make an account'))
}

function wayIn(text) {
  const link = document.createElement('a')
  link.href = '/sign-in'
  link.textContent = text
  return link
}

function signedInAs({ name, email, role }) {
  const button = document.createElement('button')
  button.className = 'quiet'
  button.id = 'sign-out'
  button.textContent = 'Sign out'
  button.title = `${name}, ${email}, ${role}`
  button.addEventListener('click', () => void signOut(button))
  return button
}

async function signOut(button) {
  button.disabled = true
  await fetch('/api/v1/sign-out', { method: 'POST' }).catch(() => undefined)
  location.assign('/sign-in')
}

void showAccount().catch(() => undefined)

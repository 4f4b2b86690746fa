// On every page with a <nav>: who is signed in, and the way out; or the way to the first account. What somebody may not do is not shown to them.

const nav = document.querySelector('header nav')

async function showVisitor() {
  const response = await fetch('/api/v1/sign-in')
  if (!response.ok || nav === null) return
  const { ownerExists, account } = await response.json()
  if (account === null) nav.append(link('/sign-in', ownerExists ? 'Sign in' : 'Make an account'))
  else {
    document.documentElement.dataset.role = account.role
    nav.append(toAccount(account), signOutButton())
  }
}

function link(path, text) {
  const made = document.createElement('a')
  made.href = path
  made.textContent = text
  if (location.pathname === path) made.setAttribute('aria-current', 'page')
  return made
}

function toAccount({ name, email, role }) {
  const made = link('/account', name)
  made.id = 'to-account'
  made.dir = 'auto'
  made.title = `${email}, ${role}`
  made.setAttribute('aria-label', `Your account, ${name}`)
  return made
}

function signOutButton() {
  const button = document.createElement('button')
  button.className = 'quiet'
  button.id = 'sign-out'
  button.textContent = 'Sign out'
  button.addEventListener('click', () => void signOut(button))
  return button
}

async function signOut(button) {
  button.disabled = true
  await fetch('/api/v1/sign-out', { method: 'POST' }).catch(() => undefined)
  location.assign('/sign-in')
}

void showVisitor().catch(() => undefined)

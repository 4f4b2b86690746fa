// Asks the API. What it refuses is thrown as a sentence with its code.

export class Refused extends Error {
  constructor({ title, code, hint, issues = [] }) {
    super([title, ...issues.map(({ message }) => message), hint].filter(Boolean).join(' '))
    this.code = code
  }
}

export async function ask(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new Refused({
      title: 'The server does not answer.',
      code: 'AWAY',
      hint: 'Is it running? Try again in a moment.',
    })
  })
  // The session ended meanwhile; whoever signs in comes back here.
  if (response.status === 401) location.assign(`/sign-in?then=${encodeURIComponent(location.pathname)}`)
  if (response.status === 204) return null
  const body = await response.json().catch(() => ({}))
  if (!response.ok) throw new Refused({ title: `The server answered ${response.status}.`, code: 'UNKNOWN', ...body })
  return body
}

export function send(method, path, body) {
  if (body === undefined) return ask(path, { method })
  return ask(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

export const post = (path, body) => send('POST', path, body)

/** Does something once: the button is out of use until the answer is there. What goes wrong is shown. */
export async function press(button, work, onTrouble) {
  button.disabled = true
  button.setAttribute('aria-busy', 'true')
  try {
    return await work()
  } catch (error) {
    onTrouble(error)
    return undefined
  } finally {
    button.disabled = false
    button.removeAttribute('aria-busy')
  }
}

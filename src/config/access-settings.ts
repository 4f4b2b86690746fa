import { isIP } from 'node:net'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { splitList } from './split-list.ts'

const optionalText = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional())
const perMinute = (fallback: number) => z.coerce.number().int().min(0).max(10_000_000).default(fallback)

/** Who may reach the web server, by which name, and how often. */
export const accessSettings = {
  PUBLIC_URL: optionalText
    .refine((url) => url === undefined || isSite(url), {
      error: 'PUBLIC_URL must be the address of the site alone, e.g. https://clips.example.com',
    })
    .describe(
      'Address by which browsers reach the server when it is not its own, e.g. https://clips.example.com behind a proxy. With https, cookies go over https only (docs/guide/accounts.md).',
    ),
  ALLOWED_HOSTS: optionalText
    .refine((list) => splitList(list).every(isHostName), {
      error: 'ALLOWED_HOSTS must be host names with commas between them, e.g. clips.lan, clips.example.com',
    })
    .describe(
      'More names by which the server may be asked, with commas between them. The host of PUBLIC_URL, localhost and bare addresses are always taken.',
    ),
  TRUST_PROXY: optionalText
    .refine((proxies) => splitList(proxies).every(isProxy), {
      error: 'TRUST_PROXY must be addresses or ranges of proxies, or loopback, with commas between them',
    })
    .describe(
      'Proxies that are believed when they say who asks (X-Forwarded-For): addresses, ranges such as 10.0.0.0/8, or loopback, with commas between them. Empty: nobody is.',
    ),
  MEDIA_FOLDERS: optionalText
    .refine((list) => splitList(list).every(isAbsolute), {
      error: 'MEDIA_FOLDERS must be absolute paths of folders with commas between them, e.g. /srv/recordings',
    })
    .describe(
      'Folders whose files may be named by path from other machines too, with commas between them, e.g. /srv/recordings. Empty: only who asks from this machine may name files of it.',
    ),
  AUTH_SECRET: z
    .preprocess(
      (value) => (value === '' ? undefined : value),
      z.string().min(32, 'needs at least 32 letters').optional(),
    )
    .describe(
      'What sessions are signed with, at least 32 letters; another one ends all sessions. Empty: auth-secret in the data folder, made when it is missing.',
    ),
  RATE_LIMIT_PER_MINUTE: perMinute(6000).describe(
    'Most requests a minute by each API key, and by each account that is signed in. 0: no limit.',
  ),
  RATE_LIMIT_PER_ADDRESS: perMinute(12_000).describe('Most requests a minute from each address. 0: no limit.'),
}

/** TRUST_PROXY as Fastify takes it. */
export function trustedProxies({ TRUST_PROXY }: { TRUST_PROXY?: string | undefined }): string[] | false {
  const proxies = splitList(TRUST_PROXY)
  return proxies.length > 0 && proxies
}

function isSite(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search, hash, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && pathname === '/' && `${search}${hash}${username}${password}` === ''
}

function isHostName(text: string): boolean {
  return /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i.test(text)
}

function isProxy(text: string): boolean {
  if (text === 'loopback') return true
  const [address = '', bits, more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  // A range of everybody would let everybody say where they come from.
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128))
  )
}

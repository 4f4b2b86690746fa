import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isPublicAddress } from './is-public-address.ts'
import { AddressForbidden, LinkUnusable } from './network-errors.ts'

/** Decides which addresses may be reached. Names are judged by the address that is connected to, never by an earlier look-up. */
export interface NetworkGuard {
  /** What can be told from the link alone. @throws LinkUnusable | AddressForbidden */
  checkUrl(url: URL): void
  /** The address a connection really has. @throws AddressForbidden */
  checkAddress(host: string, address: string | undefined): void
  /** For `net.connect`: resolves a name to those of its addresses that may be reached; AddressForbidden when there is none. */
  readonly lookup: LookupFunction
}

/** All addresses of a name; the system's by default. */
export type ResolveName = (name: string) => Promise<LookupAddress[]>

interface GuardOptions {
  /** Host names, addresses and CIDR ranges that may be reached although they are private. */
  allowed?: readonly string[]
  resolve?: ResolveName
}

export function createNetworkGuard({ allowed = [], resolve = resolveName }: GuardOptions = {}): NetworkGuard {
  const { names, ranges } = parseAllowed(allowed)
  const mayReach = (host: string, address: string): boolean =>
    isPublicAddress(address) || names.has(host.toLowerCase().replace(/\.$/, '')) || isInside(address, ranges)
  const checkAddress = (host: string, address: string | undefined): void => {
    // A socket that has no address any more is closed already.
    if (address !== undefined && !mayReach(host, address)) throw new AddressForbidden({ host, address })
  }
  return {
    checkUrl(url) {
      if (url.protocol !== 'https:' && url.protocol !== 'http:') {
        throw new LinkUnusable(url, `is a ${url.protocol.slice(0, -1)} link, which is not fetched`)
      }
      if (url.hostname === '') throw new LinkUnusable(url, 'names no server')
      // Decimal, octal and hexadecimal notations are plain addresses here: URL has read them as browsers do.
      const host = hostOf(url)
      if (isIP(host) !== 0) checkAddress(host, host)
    },
    checkAddress,
    lookup(host, options, callback) {
      const isReachable = ({ address }: LookupAddress) => mayReach(host, address)
      void reachableAddresses(host, { resolve, isReachable }).then((found) => {
        answerLookup(found, { all: options.all === true, callback })
      })
    },
  }
}

type LookupCallback = Parameters<LookupFunction>[2]

function answerLookup(
  found: LookupAddress[] | Error,
  { all, callback }: { all: boolean; callback: LookupCallback },
): void {
  const first = found instanceof Error ? undefined : found[0]
  if (found instanceof Error || first === undefined) callback(found instanceof Error ? found : null, '', 0)
  else if (all) callback(null, found)
  else callback(null, first.address, first.family)
}

/** Those of a name's addresses that may be reached, at least one; else why not. */
async function reachableAddresses(
  host: string,
  { resolve, isReachable }: { resolve: ResolveName; isReachable: (address: LookupAddress) => boolean },
): Promise<LookupAddress[] | Error> {
  try {
    const found = await resolve(host)
    const reachable = found.filter(isReachable)
    if (reachable.length > 0) return reachable
    const [first] = found
    if (first !== undefined) return new AddressForbidden({ host, address: first.address })
    return Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** The name or address in a link, without the brackets around IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/** Whether every entry is a host name, an address or a CIDR range. */
export function isAllowList(entries: readonly string[]): boolean {
  return entries.every(
    (entry) => isRange(entry) || isIP(entry) !== 0 || /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(entry),
  )
}

function parseAllowed(entries: readonly string[]): { names: Set<string>; ranges: Range[] } {
  const ranges: Range[] = []
  const names = new Set<string>()
  for (const entry of entries) {
    if (isRange(entry)) ranges.push(ipaddr.parseCIDR(entry))
    else if (isIP(entry) !== 0) ranges.push(onlyThis(ipaddr.process(entry)))
    else names.add(entry.toLowerCase())
  }
  return { names, ranges }
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]

function isRange(entry: string): boolean {
  return entry.includes('/') && ipaddr.isValidCIDR(entry)
}

function onlyThis(address: ipaddr.IPv4 | ipaddr.IPv6): Range {
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

function isInside(address: string, ranges: readonly Range[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return ranges.some(([base, bits]) => parsed.kind() === base.kind() && parsed.match(base, bits))
}

function resolveName(name: string): Promise<LookupAddress[]> {
  const { promise, resolve, reject } = Promise.withResolvers<LookupAddress[]>()
  systemLookup(name, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  return promise
}

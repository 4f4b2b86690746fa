import ipaddr from 'ipaddr.js'

/** Looks public, and is how a machine in Azure talks to the platform it runs on, keys included (WireServer). */
const platformAddresses = new Set(['168.63.129.16'])
/** What the registry hands out as global unicast; whatever else there is or will be is none (RFC 4291, 2.4). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
/** The one NAT64 prefix whose last 32 bits are an IPv4 address of the whole internet (RFC 6052); others are local. */
const sharedNat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/**
 * Whether an IP address belongs to the open internet: not to this machine, its network, its cloud or any special use
 * (IANA special-purpose registries). An IPv4 address inside an IPv6 one is judged by itself. False for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return isPublicIpv4(parsed as ipaddr.IPv4)
  const six = parsed as ipaddr.IPv6
  if (six.match(sharedNat64)) return isPublicIpv4(new ipaddr.IPv4(six.toByteArray().slice(12)))
  return six.range() === 'unicast' && six.match(globalUnicast)
}

function isPublicIpv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !platformAddresses.has(address.toString())
}

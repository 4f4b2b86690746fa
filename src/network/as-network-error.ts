import { AppError } from '../domain/app-error.ts'
import { DownloadInterrupted, ServerNonsense, ServerUnreachable } from './network-errors.ts'

/** What went wrong before there was an answer, by the codes of undici, Node and OpenSSL. */
const unreachable: Record<string, string> = {
  ENOTFOUND: 'is no known server',
  EAI_AGAIN: 'could not be looked up: the name service did not answer',
  ECONNREFUSED: 'does not take connections',
  EHOSTUNREACH: 'can not be reached',
  ENETUNREACH: 'can not be reached: there seems to be no network',
  ETIMEDOUT: 'did not answer in time',
  ECONNRESET: 'closed the connection without an answer',
  EPIPE: 'closed the connection without an answer',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'took the request and did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'stopped in the middle of its answer',
  UND_ERR_SOCKET: 'closed the connection without an answer',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate nobody vouches for',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate nobody vouches for',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate nobody vouches for',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a certificate nobody vouches for',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate of another server',
}

/** An error of ours for what undici and the system throw while a request waits for its answer. */
export function asNetworkError(thrown: unknown, url: URL): unknown {
  const error = innermost(thrown)
  if (error instanceof AppError) return error
  const code = codeOf(error)
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return new ServerNonsense(url, { problem: 'sends an answer whose head has no end', cause: thrown })
  }
  // undici's parser errors carry no code of their own in every case, but always this name.
  if (code.startsWith('HPE_') || (error instanceof Error && error.name === 'HTTPParserError'))
    return new ServerNonsense(url, { problem: 'does not speak HTTP', cause: thrown })
  const problem = unreachable[code] ?? (code.startsWith('ERR_SSL') ? 'does not speak https as it should' : null)
  const retry = code === 'ENOTFOUND' || code.includes('CERT') || code.startsWith('UNABLE_TO_') ? 'never' : 'later'
  if (problem !== null) return new ServerUnreachable(url, { problem, retry, cause: thrown })
  return code === '' ? thrown : new ServerUnreachable(url, { problem: `could not be asked (${code})`, cause: thrown })
}

/** The same for what is thrown while the body is read: the answer has begun. */
export function asBodyError(thrown: unknown, url: URL): unknown {
  const error = innermost(thrown)
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const isParsing = error instanceof Error && error.name === 'HTTPParserError'
  if (code === '' && !isParsing) return thrown
  const stalled = code === 'UND_ERR_BODY_TIMEOUT' ? 'stood still for too long' : null
  return new DownloadInterrupted(url, { problem: stalled ?? 'was cut off', cause: thrown })
}

/** Several addresses were tried and all failed: the first one's reason. A cause of ours wins. */
function innermost(thrown: unknown): unknown {
  if (thrown instanceof AggregateError) return innermost(thrown.errors[0])
  return thrown instanceof Error && thrown.cause instanceof AppError ? thrown.cause : thrown
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

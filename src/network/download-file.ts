import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../domain/app-error.ts'
import { asNoSpace } from '../domain/no-space.ts'
import { type DownloadLimits, usualDownloadLimits } from './download-limits.ts'
import { type FreeSpace, needSpace } from './free-space.ts'
import { BeginAnew, type Begun, placeOf, stateOf, validatorOf } from './go-on-download.ts'
import { DownloadDamaged, DownloadInterrupted, DownloadTooLarge, ServerBusy, ServerNonsense } from './network-errors.ts'
import { type PartialFile, type PartialState, partialFileOf } from './partial-file.ts'
import { lookEveryBytes, receiveBody } from './receive-body.ts'
import { createSpeedometer } from './speedometer.ts'
import { readLink, type WebAnswer, type WebClient } from './web-client.ts'

export interface DownloadProgress {
  receivedBytes: number
  /** Null when the server does not say. */
  totalBytes: number | null
  bytesPerSecond: number | null
  secondsLeft: number | null
}

export interface DownloadRequest {
  url: string | URL
  /** Absolute path of the file to be; its folder exists. One download at a time to one place: the caller sees to that. */
  to: string
  client: WebClient
  /** Length the file must have. */
  expectedBytes?: number
  /** SHA-256 the file must have, in hexadecimal. */
  sha256?: string
  limits?: Partial<DownloadLimits>
  headers?: Record<string, string>
  /** Looks at the head of the answer and the first bytes of the file (at least 1 kB, if it has them), and throws when it is not wanted. */
  inspect?: (head: Uint8Array, answer: WebAnswer) => void
  /** Asked before and again and again during the download; throws when the file may not grow by so many bytes. */
  makeRoom?: (bytes: number) => Promise<void>
  onProgress?: (progress: DownloadProgress) => void
  /** A sentence about what is being waited for. */
  onWait?: (message: string) => void
  signal: AbortSignal
  /** For tests. */
  wait?: (seconds: number, signal: AbortSignal) => Promise<void>
  freeSpace?: FreeSpace
}

export interface DownloadedFile {
  path: string
  bytes: number
  /** Of the content, in hexadecimal. */
  sha256: string
  /** Where it came from in the end. */
  url: URL
  etag: string | null
  lastModified: string | null
  /** Of the last answer, names in lower case; empty when nothing had to be asked any more. */
  headers: Readonly<Record<string, string>>
  /** What a person should know, in sentences. */
  notes: string[]
}

/**
 * Downloads a file to a place, whole or not at all. What has come is kept in `to.part` with a note in `to.part.json`, and
 * the next call goes on from there, also after a kill -9: by Range and If-Range (RFC 9110 13.1.5, 14.2), so that a file
 * that changed on the server, or a server that cannot continue, begins anew. Lost connections are taken up again at once.
 * An interrupted download leaves the two files for the next call; one that can never be finished leaves nothing.
 *
 * @throws DownloadInterrupted | ServerUnreachable | ServerBusy when trying later can help
 * @throws DownloadTooLarge | DownloadDamaged | ServerRefused | ServerNonsense | AddressForbidden | LinkUnusable |
 *   TooManyRedirects when it can not
 * @throws NoSpace; what `inspect` and `makeRoom` throw; the signal's reason
 */
export async function downloadFile(request: DownloadRequest): Promise<DownloadedFile> {
  const url = readLink(request.url)
  const limits = { ...usualDownloadLimits, ...request.limits }
  const deadline = AbortSignal.timeout(limits.wholeSeconds * 1000)
  const signal = AbortSignal.any([request.signal, deadline])
  const part = partialFileOf(request.to)
  const wait = request.wait ?? ((seconds, until) => sleep(seconds * 1000, undefined, { signal: until }))
  const attempt: Attempt = { ...request, url, limits, signal, part, link: hashOf(url), startedAnew: false }
  let fruitless = 0
  for (;;) {
    const before = await part.size()
    try {
      request.signal.throwIfAborted()
      return await fetchRest(attempt)
    } catch (thrown) {
      if (request.signal.aborted) throw request.signal.reason
      if (deadline.aborted) {
        throw new DownloadInterrupted(url, { problem: `was not done after ${limits.wholeSeconds} s`, cause: thrown })
      }
      const error = asNoSpace(thrown)
      fruitless = (await part.size()) > before ? 0 : fruitless + 1
      const pause = pauseAfter(error, { fruitless, limits })
      if (pause === null) {
        if (!(error instanceof AppError && error.retry === 'later')) await part.remove()
        throw error
      }
      request.onWait?.(pause.message)
      await wait(pause.seconds, signal).catch(() => undefined)
    }
  }
}

interface Attempt extends DownloadRequest {
  url: URL
  limits: DownloadLimits
  part: PartialFile
  link: string
  /** Whether what had come was thrown away once because it did not fit. */
  startedAnew: boolean
}

async function fetchRest(attempt: Attempt): Promise<DownloadedFile> {
  try {
    return await fetchFrom(attempt, await attempt.part.read(attempt.link))
  } catch (error) {
    if (!(error instanceof BeginAnew)) throw error
    if (attempt.startedAnew)
      throw new ServerNonsense(attempt.url, { problem: 'says something else each time it is asked', cause: error })
    attempt.startedAnew = true
    await attempt.part.remove()
    return await fetchFrom(attempt, null)
  }
}

async function fetchFrom(attempt: Attempt, begun: Begun): Promise<DownloadedFile> {
  const { url, client, part, signal } = attempt
  if (begun !== null && begun.bytes === begun.state.totalBytes) {
    const hash = await hashOfFile(part.path, signal)
    return await finish(attempt, { hash, bytes: begun.bytes, state: begun.state, answer: null, isJoined: true })
  }
  const validator = begun === null ? null : validatorOf(begun.state)
  const headers =
    begun === null || validator === null
      ? { ...attempt.headers }
      : { ...attempt.headers, range: `bytes=${begun.bytes}-`, 'if-range': validator }
  const answer = await client.get(url, { headers, signal })
  try {
    const from = placeOf(answer, { begun: validator === null ? null : begun, url })
    const state: PartialState = from === null || begun === null ? stateOf(answer, attempt.link) : begun.state
    const totalBytes = state.totalBytes
    const have = from ?? 0
    refuseLength(attempt, totalBytes)
    if (from === null) await part.begin(state)
    await makeRoom(attempt, totalBytes === null ? 0 : totalBytes - have)
    const hash = from === null ? createHash('sha256') : await hashOfFile(part.path, signal)
    const meter = createSpeedometer(() => performance.now() / 1000)
    const bytes = await receiveBody(answer, {
      to: part,
      from: have,
      hash,
      meter,
      limits: attempt.limits,
      signal,
      inspect: from === null ? attempt.inspect : undefined,
      makeRoom: (at) => makeRoom(attempt, Math.min(lookEveryBytes, (totalBytes ?? Number.POSITIVE_INFINITY) - at)),
      report: (receivedBytes) =>
        attempt.onProgress?.(progressOf(receivedBytes, { totalBytes, speed: meter.bytesPerSecond() })),
    })
    if (totalBytes !== null && bytes < totalBytes) {
      throw new DownloadInterrupted(url, { problem: `was cut off after ${bytes} of ${totalBytes} bytes` })
    }
    return await finish(attempt, { hash, bytes, state, answer, isJoined: from !== null })
  } finally {
    answer.body.destroy()
  }
}

function refuseLength({ url, limits, expectedBytes }: Attempt, totalBytes: number | null): void {
  if (totalBytes === null) return
  if (totalBytes > limits.mostBytes) throw new DownloadTooLarge(url, { bytes: totalBytes, most: limits.mostBytes })
  if (expectedBytes !== undefined && totalBytes !== expectedBytes) {
    throw new DownloadDamaged(url, `has ${totalBytes} bytes instead of ${expectedBytes}`)
  }
}

async function makeRoom({ to, makeRoom, freeSpace }: Attempt, bytes: number): Promise<void> {
  await makeRoom?.(bytes)
  await needSpace(dirname(to), { bytes, ...(freeSpace && { free: freeSpace }) })
}

interface Whole {
  hash: Hash
  bytes: number
  state: PartialState
  answer: WebAnswer | null
  /** Came in more than one piece. */
  isJoined: boolean
}

async function finish(attempt: Attempt, { hash, bytes, state, answer, isJoined }: Whole): Promise<DownloadedFile> {
  const { url, part, to, expectedBytes, sha256: wanted } = attempt
  // Two halves of two files are our mistake; a whole one that is wrong is the server's.
  const refuse = (problem: string) => (isJoined ? new BeginAnew(problem) : new DownloadDamaged(url, problem))
  if (expectedBytes !== undefined && bytes !== expectedBytes) {
    throw refuse(`has ${bytes} bytes instead of ${expectedBytes}`)
  }
  const sha256 = hash.digest('hex')
  if (wanted !== undefined && sha256 !== wanted.toLowerCase()) {
    throw refuse('does not have the checksum it should have')
  }
  await part.finish()
  return {
    path: to,
    bytes,
    sha256,
    url: answer?.url ?? url,
    etag: state.etag,
    lastModified: state.lastModified,
    headers: answer?.headers ?? {},
    notes: answer?.notes ?? [],
  }
}

function progressOf(
  receivedBytes: number,
  { totalBytes, speed }: { totalBytes: number | null; speed: number | null },
): DownloadProgress {
  const left = totalBytes === null || speed === null || speed === 0 ? null : (totalBytes - receivedBytes) / speed
  return { receivedBytes, totalBytes, bytesPerSecond: speed, secondsLeft: left }
}

/** How long to wait before the next try; null when there is none. */
function pauseAfter(
  error: unknown,
  { fruitless, limits }: { fruitless: number; limits: DownloadLimits },
): { seconds: number; message: string } | null {
  if (!(error instanceof AppError) || error.retry === 'never' || error.code === 'NO_SPACE') return null
  if (fruitless > limits.fruitlessTries) return null
  if (error instanceof ServerBusy && error.waitSeconds !== null) {
    const seconds = Math.max(1, error.waitSeconds)
    if (seconds > limits.mostWaitSeconds) return null
    return { seconds, message: `the server asks to wait ${Math.ceil(seconds)} s` }
  }
  return { seconds: Math.min(8, 0.25 * 2 ** fruitless), message: 'the connection was lost; connecting again' }
}

function hashOf(url: URL): string {
  return createHash('sha256').update(url.href).digest('hex')
}

async function hashOfFile(path: string, signal: AbortSignal): Promise<Hash> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk as Buffer)
  return hash
}

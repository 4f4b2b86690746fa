import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { ServiceName, ServiceSetup } from '../../src/adapters/speech-engines/services/service-setup.ts'
import type { Word } from '../../src/domain/transcript.ts'
import { runFfmpeg } from './make-media.ts'
import { hearTones } from './tone-speech.ts'

/** A request to be heard, as the service got it. */
export interface SeenRequest {
  path: string
  authorization: string | null
  /** In order, without the file. */
  fields: [name: string, value: string][]
  file: { name: string; type: string; bytes: Buffer; isLast: boolean }
  /** The words that are really in the sound it got (`speakTones`), in seconds of it. */
  words: Word[]
  /** Length of that sound. */
  seconds: number
}

/** `hear`: as the documentation of the service says; `hang`: never; `cut`: the connection breaks in the middle of the answer. */
export type SpeechBehaviour =
  | 'hear'
  | 'hang'
  | 'cut'
  | { status?: number; headers?: Record<string, string>; body: string | object }

type Behave = (request: SeenRequest, count: number) => SpeechBehaviour

export interface SpeechService {
  readonly origin: string
  /** To be asked instead of the real one. */
  setup(changes?: Partial<ServiceSetup>): ServiceSetup
  behave(how: SpeechBehaviour | Behave): void
  readonly requests: SeenRequest[]
  /** Hears again, and forgets what was asked; what is still under way from before is not counted. */
  reset(): void
  stop(): Promise<void>
}

const labels: Record<ServiceName, string> = {
  openai: 'OpenAI',
  mistral: 'Mistral',
  xai: 'xAI',
  'openai-compatible': 'groq.test',
}
const models: Record<ServiceName, string> = {
  openai: 'whisper-1',
  mistral: 'voxtral-mini-2602',
  xai: 'grok-voice-transcribe-2.0',
  'openai-compatible': 'whisper-large-v3-turbo',
}
export const speechKey = 'sk-speech-0123456789abcdef'

/**
 * The services that hear, on a port of this machine, by their documentation of November 2026: they parse the form, refuse what the real ones refuse,
 * decode the sound and hear the tones in it.
 */
export async function startSpeechService(): Promise<SpeechService> {
  const requests: SeenRequest[] = []
  let generation = 0
  let behave: Behave = () => 'hear'
  const server = createServer((request, response) => {
    response.on('error', () => undefined)
    void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const begunIn = generation
    const seen = await readRequest(request)
    if (begunIn !== generation) return void response.destroy()
    requests.push(seen)
    const how = behave(seen, requests.length)
    if (how === 'hang') return
    if (how === 'cut') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' }).write('{"text":"We h')
      return void setImmediate(() => response.destroy())
    }
    const told = how === 'hear' ? documented(seen) : how
    const body = typeof told.body === 'string' ? told.body : JSON.stringify(told.body)
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json', ...told.headers }).end(body)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    requests,
    setup: ({ service = 'openai', ...changes } = {}) => ({
      service,
      provider: `${service}-speech`,
      label: labels[service],
      model: models[service],
      apiKey: speechKey,
      baseUrl: `${origin}/v1`,
      usdPerHour: 0.36,
      times: 'words',
      form: { format: 'ogg-opus', longest: 300, mostBytes: 24_000_000 },
      ...changes,
    }),
    behave: (how) => {
      behave = typeof how === 'function' ? how : () => how
    },
    reset() {
      generation++
      requests.length = 0
      behave = () => 'hear'
    },
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const { headers, url = '/' } = request
  const body = await buffer(request)
  const form = await new Response(body, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData()
  const entries = [...form.entries()]
  const last = entries.at(-1)
  const file = form.get('file')
  if (!(file instanceof File)) throw new Error('there is no file in the form')
  const bytes = Buffer.from(await file.arrayBuffer())
  return {
    path: url,
    authorization: headers.authorization ?? null,
    fields: entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : [])),
    file: { name: file.name, type: file.type, bytes, isLast: last?.[0] === 'file' },
    ...(await hear(bytes)),
  }
}

/** Decodes it as a service would, by content; nothing is heard in what is no sound. */
async function hear(bytes: Buffer): Promise<{ words: Word[]; seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-heard-'))
  try {
    const [sent, wav] = [join(folder, 'sent'), join(folder, 'heard.wav')]
    await writeFile(sent, bytes)
    await runFfmpeg(['-i', sent, '-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', '-bitexact', wav])
    const { size } = await stat(wav)
    return { words: await hearTones(wav), seconds: (size - 44) / 32_000 }
  } catch {
    return { words: [], seconds: 0 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Documented = Exclude<SpeechBehaviour, string>

function documented(seen: SeenRequest): Documented {
  if (seen.authorization !== `Bearer ${speechKey}`)
    return refuse(401, `Incorrect API key provided: ${seen.authorization}.`)
  if (seen.seconds === 0) return refuse(400, 'Audio file might be corrupted or unsupported.')
  if (seen.file.bytes.length > 25_000_000) return refuse(413, 'Maximum content size limit exceeded.')
  if (seen.path === '/v1/stt') return asXai(seen)
  if (seen.path !== '/v1/audio/transcriptions') return refuse(404, `Invalid URL (POST ${seen.path})`)
  const [model] = valuesOf(seen, 'model')
  return model?.startsWith('voxtral') ? asMistral(seen, model) : asOpenai(seen, model ?? '')
}

function refuse(status: number, message: string): Documented {
  return { status, body: { error: { message, type: 'invalid_request_error' } } }
}

function valuesOf({ fields }: SeenRequest, name: string): string[] {
  return fields.filter(([field]) => field === name).map(([, value]) => value)
}

/** Words without punctuation; segments of a text with it, here one a second of silence or so. */
function asOpenai(seen: SeenRequest, model: string): Documented {
  const known = ['whisper-1', 'whisper-large-v3-turbo', 'gpt-transcribe', 'gpt-4o-transcribe']
  if (!known.includes(model))
    return refuse(404, `The model \`${model}\` does not exist or you do not have access to it.`)
  const [format] = valuesOf(seen, 'response_format')
  const granularities = valuesOf(seen, 'timestamp_granularities[]')
  const text = sentenceOf(seen.words)
  if (model.startsWith('gpt')) {
    if (format !== 'json' || granularities.length > 0)
      return refuse(400, `response_format ${format} is not compatible.`)
    return { body: { text, usage: { type: 'duration', seconds: Math.ceil(seen.seconds) } } }
  }
  if (granularities.length > 0 && format !== 'verbose_json')
    return refuse(400, 'timestamp_granularities needs verbose_json')
  return {
    body: {
      task: 'transcribe',
      language: 'english',
      duration: seen.seconds,
      text,
      words: granularities.includes('word')
        ? seen.words.map(({ text: word, start, end }) => ({ word, start, end }))
        : undefined,
      segments: seen.words.length === 0 ? [] : [segmentOf(seen.words, text)],
      usage: { type: 'duration', seconds: Math.ceil(seen.seconds) },
    },
  }
}

function segmentOf(words: readonly Word[], text: string) {
  const [first, last] = [words[0], words.at(-1)]
  const sure = { temperature: 0, avg_logprob: -0.21, compression_ratio: 1.2, no_speech_prob: 0.01 }
  return { id: 0, seek: 0, start: first?.start ?? 0, end: last?.end ?? 0, text: ` ${text}`, tokens: [50_364], ...sure }
}

/** https://docs.mistral.ai/studio/audio/migrate-from-voxtral-2 */
function asMistral(seen: SeenRequest, model: string): Documented {
  const granularities = valuesOf(seen, 'timestamp_granularities')
  const isThird = model.includes('-3')
  if (isThird && granularities.includes('word')) return refuse(400, 'timestamp_granularities: word is not supported')
  if (!isThird && granularities.length > 0 && valuesOf(seen, 'language').length > 0)
    return refuse(400, 'language and timestamp_granularities cannot be combined')
  const text = sentenceOf(seen.words)
  const whole = seen.words.length === 0 ? [] : [segmentOf(seen.words, text)]
  const stretches = granularities.includes('word') ? seen.words : whole
  const segments = stretches.map(({ text: said, start, end }) => ({
    type: 'transcription_segment',
    text: said,
    start,
    end,
  }))
  const usage = {
    prompt_audio_seconds: Math.ceil(seen.seconds),
    prompt_tokens: 4,
    completion_tokens: 40,
    total_tokens: 44,
  }
  return { body: { model, text, language: isThird ? 'en' : null, segments, usage } }
}

/** https://docs.x.ai/developers/model-capabilities/audio/speech-to-text */
function asXai(seen: SeenRequest): Documented {
  if (!seen.file.isLast) return refuse(400, 'file must come after all other fields')
  if (valuesOf(seen, 'format').length > 0 && valuesOf(seen, 'language').length === 0)
    return refuse(400, 'format requires language')
  const words = seen.words.map(({ text, start, end }) => ({ text, start, end, confidence: 0.98 }))
  return { body: { text: sentenceOf(seen.words), language: 'English', duration: seen.seconds, words } }
}

/** As a person would write it: a capital, and a full stop after every pause. */
export function sentenceOf(words: readonly Word[]): string {
  let text = ''
  for (const [index, { text: word, end }] of words.entries()) {
    const begins = index === 0 || text.endsWith('. ')
    text += begins ? word.charAt(0).toUpperCase() + word.slice(1) : word
    const next = words[index + 1]
    text += next && next.start - end < 0.4 ? ' ' : '. '
  }
  return text.trim()
}

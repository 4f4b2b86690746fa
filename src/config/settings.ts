import { z } from 'zod'
import { isAllowList } from '../network/network-guard.ts'
import { accessSettings } from './access-settings.ts'
import { parseSize } from './parse-size.ts'
import { splitList } from './split-list.ts'

const count = (fallback: number) => z.coerce.number().int().positive().default(fallback)
const amount = (fallback: number) => z.coerce.number().nonnegative().default(fallback)
const optionalText = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional())
const text = (fallback: string) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.string().default(fallback))
const databaseExample = 'postgresql://user:password@host:5432/clipwright'
// What `pg` takes, also sockets; of anything else it makes a host that no person would look for.
const isDatabase = /^(?:postgres(?:ql)?:\/\/|socket:|\/)/
const size = (fallback: string) =>
  z.preprocess(
    (value) => parseSize(value === undefined || value === '' ? fallback : value),
    z.number({ error: 'must be a size such as 500 MB or 2 GB' }),
  )

/**
 * Every setting Clipwright reads from the environment; `.env.example` is generated from this schema.
 * `describe` is the comment a person sees there.
 */
export const settingsSchema = z.object({
  CLIPWRIGHT_DATA: optionalText.describe(
    'Folder for the database, renderings and caches. Empty: the usual place of your system. `--data` wins over it.',
  ),
  DATABASE_URL: optionalText
    .refine((url) => url === undefined || isDatabase.test(url), { error: `must look like ${databaseExample}` })
    .describe(`PostgreSQL server to use, e.g. ${databaseExample}. Empty: the embedded server, nothing to set up.`),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    // A lock may be held on one while another does what it protects.
    .min(2)
    .default(10)
    .describe(
      'Most connections this process opens to the database, at least 2. Unless set, 50 with NODE_ENV=production.',
    ),
  SLOW_QUERY_MS: count(100).describe('Milliseconds from which on a query is logged as slow, with its plan.'),
  SLOW_REQUEST_MS: count(1000).describe('Milliseconds from which on a request is logged as slow.'),
  METRICS_RETENTION_HOURS: count(168).describe(
    'Hours for which the figures of the dashboard are kept, one set a minute.',
  ),
  HOST: text('127.0.0.1').describe('Address `clipwright serve` listens on. Only this machine reaches 127.0.0.1.'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000).describe('Port `clipwright serve` listens on.'),
  ...accessSettings,
  FFMPEG_PATH: optionalText.describe('ffmpeg to use. Empty: the one of your system, else the one from npm.'),
  FFPROBE_PATH: optionalText.describe(
    'ffprobe to use. Empty: the one beside ffmpeg, of your system, else the one from npm.',
  ),
  ESPEAK_PATH: optionalText.describe(
    'espeak-ng to use, which finds the words of captions in the sound (docs/guide/transcripts.md). Empty: the one of your system. off: none, word times stay estimates.',
  ),
  DETECTOR: optionalText.describe(
    'Version of the detector that all recordings get, e.g. hand-set@2. Empty: as it was rolled out, see `clipwright detectors`.',
  ),
  FACE_MODEL: optionalText.describe(
    'Model that finds faces: YuNet as an .onnx file. Empty: models/face_detection_yunet_2023mar.onnx in the data folder, else the slower model that comes along.',
  ),
  MAX_CONCURRENT_JOBS: z
    .preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().positive().optional())
    .describe('Most clips a process cuts at the same time. Empty: as many as cores and memory allow.'),
  WORKER_MIN: count(1).describe(
    'Fewest steps of each kind a worker takes at the same time, however busy the machine is.',
  ),
  WORKER_MAX: z
    .preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().positive().max(64).optional())
    .describe('Most steps of each kind a worker takes at the same time. Empty: as many as cores and memory allow.'),
  WORKER_RESTART_AFTER_JOBS: z.coerce
    .number()
    .int()
    .nonnegative()
    .default(1000)
    .describe(
      'Steps after which a worker process is replaced by a fresh one; what it has begun it finishes. 0: never.',
    ),
  WORKER_RESTART_AFTER_MB: z.coerce
    .number()
    .int()
    .refine((megabytes) => megabytes === 0 || megabytes >= 400, {
      error: 'WORKER_RESTART_AFTER_MB must be 0 or at least 400: a fresh process takes that much at times.',
    })
    .default(1024)
    .describe(
      'Megabytes of memory of a worker process, without the tools it starts, after which it is replaced. 0: never.',
    ),
  MAX_QUEUE_SIZE: count(100).describe('Most runs that may wait at the same time; over it, new work is refused.'),
  LANGUAGE_MODELS: optionalText.describe(
    'Language models that may be asked, in this order, of anthropic, openai, xai, mistral, openai-compatible; those without a key are passed over. Empty: all of them. off: none, whatever keys are set. What is sent where: docs/guide/language-models.md.',
  ),
  ANTHROPIC_API_KEY: optionalText.describe(
    'Key for Claude. With any of these keys, words of your recordings are sent there.',
  ),
  ANTHROPIC_MODEL: text('claude-sonnet-5-5').describe('Model of Anthropic to ask.'),
  OPENAI_API_KEY: optionalText.describe('Key for OpenAI.'),
  OPENAI_MODEL: text('gpt-5.4-mini').describe('Model of OpenAI to ask.'),
  XAI_API_KEY: optionalText.describe('Key for Grok.'),
  XAI_MODEL: text('grok-4.5').describe('Model of xAI to ask.'),
  MISTRAL_API_KEY: optionalText.describe('Key for Mistral.'),
  MISTRAL_MODEL: text('mistral-medium-latest').describe('Model of Mistral to ask.'),
  OPENAI_COMPATIBLE_URL: z
    .preprocess((value) => (value === '' ? undefined : value), z.url({ protocol: /^https?$/ }).optional())
    .describe(
      'Any server that speaks as OpenAI does, e.g. Ollama: http://localhost:11434/v1. Nothing leaves your machine then.',
    ),
  OPENAI_COMPATIBLE_MODEL: optionalText.describe('Model of that server to ask, e.g. llama3.1:8b. Needed with the URL.'),
  OPENAI_COMPATIBLE_API_KEY: optionalText.describe('Key for that server, where it wants one.'),
  OPENAI_COMPATIBLE_INPUT_TOKENS: count(6000).describe(
    'Most tokens of a prompt that model reads; a server cuts off what is longer without a word. Ollama: below its num_ctx.',
  ),
  TRANSCRIBERS: optionalText.describe(
    'Who may listen to a recording that has no transcript, in this order, of local, openai, mistral, xai, openai-compatible. Naming a service is agreeing that the sound of your recordings is sent there. Empty: local and openai-compatible, and the others only with --transcribe cloud. off: nobody. docs/guide/transcription.md.',
  ),
  LOCAL_MODEL: optionalText.describe(
    'Speech model of this machine that listens, as `clipwright models list` names it. Empty: the best one that was downloaded.',
  ),
  MODEL_BASE_URL: z
    .preprocess((value) => (value === '' ? undefined : value), z.url({ protocol: /^(?:https?|file)$/ }).optional())
    .describe(
      'Where models are downloaded from instead of their publishers: a mirror of the same files, by http(s) or file://. Checksums are those of the publishers all the same.',
    ),
  OPENAI_TRANSCRIPTION_MODEL: text('whisper-1,gpt-transcribe').describe(
    'Models of OpenAI that listen; the next one when one is gone. whisper-1 tells when each word was said, and is turned off on 26 February 2027.',
  ),
  MISTRAL_TRANSCRIPTION_MODEL: text('voxtral-mini-2602,voxtral-mini-transcribe-3-0').describe(
    'Models of Mistral that listen; the next one when one is gone. Voxtral 2 tells when each word was said, Voxtral 3 does not.',
  ),
  XAI_TRANSCRIPTION_MODEL: text('grok-voice-transcribe-2.0').describe('Model of xAI that listens.'),
  OPENAI_COMPATIBLE_TRANSCRIPTION_URL: z
    .preprocess((value) => (value === '' ? undefined : value), z.url({ protocol: /^https?$/ }).optional())
    .describe(
      'Any server that listens as OpenAI does, e.g. whisper.cpp or speaches on this machine: http://localhost:8000/v1, or Groq: https://api.groq.com/openai/v1. Sound is sent there once it is set.',
    ),
  OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL: optionalText.describe(
    'Model of that server, e.g. whisper-large-v3-turbo. Needed with the URL.',
  ),
  OPENAI_COMPATIBLE_TRANSCRIPTION_API_KEY: optionalText.describe('Key for that server, where it wants one.'),
  OPENAI_COMPATIBLE_TRANSCRIPTION_USD_PER_HOUR: amount(0).describe(
    'US dollars it takes for an hour of sound, so that the budgets hold. Groq: 0.04 for whisper-large-v3-turbo.',
  ),
  TRANSCRIPTION_USD_PER_RECORDING: amount(3).describe(
    'Most US dollars spent on hearing one recording, by list prices. 0: only who costs nothing.',
  ),
  TRANSCRIPTION_USD_PER_DAY: amount(10).describe('Most US dollars spent on hearing in 24 hours, by list prices.'),
  TRANSCRIPTION_TIMEOUT_SECONDS: count(300).describe('Seconds a service may take to hear one part of a recording.'),
  TRANSCRIPTION_PATIENCE_SECONDS: count(600).describe(
    'Seconds after which nobody waits any longer for a part, tries and quotas together; the next service is asked then.',
  ),
  TRANSCRIPTION_CALLS_PER_MINUTE: count(60).describe(
    'Most calls a minute to each service that listens, over all processes on one database.',
  ),
  TRANSCRIPTION_CALLS_AT_ONCE: count(4).describe(
    'Most calls to each service that listens at the same time, over all processes on one database.',
  ),
  MODEL_TIMEOUT_SECONDS: count(90).describe('Seconds a language model may take for one answer.'),
  MODEL_PATIENCE_SECONDS: count(240).describe(
    'Seconds after which nobody waits any longer for language models, tries and quotas together; the next rung is used then.',
  ),
  MODEL_CALLS_PER_MINUTE: count(20).describe(
    'Most calls a minute to each provider, over all processes on one database.',
  ),
  MODEL_CALLS_AT_ONCE: count(4).describe(
    'Most calls to each provider at the same time, over all processes on one database.',
  ),
  MODEL_TOKENS_PER_RECORDING: count(300_000).describe('Most tokens spent on one recording, answers included.'),
  MODEL_TOKENS_PER_DAY: count(3_000_000).describe('Most tokens spent in 24 hours.'),
  MODEL_USD_PER_RECORDING: amount(1).describe(
    'Most US dollars spent on one recording, by list prices. 0: only models that cost nothing.',
  ),
  MODEL_USD_PER_DAY: amount(5).describe('Most US dollars spent in 24 hours, by list prices.'),
  MAX_FILE_SIZE: size('500 MB').describe(
    'Largest file that is downloaded or uploaded, e.g. 500 MB or 2 GB. Recordings you name by path have no limit.',
  ),
  MAX_STORAGE_GB: z.coerce
    .number()
    .positive()
    .default(10)
    .describe('Gigabytes all uploads and downloads in the data folder may take together.'),
  UPLOAD_EXPIRY_HOURS: z.coerce
    .number()
    .positive()
    .default(24)
    .describe('Hours after which an upload that did not become a recording is removed.'),
  YTDLP_PATH: optionalText.describe(
    'yt-dlp to use for links that are web pages. Empty: the one of your system, if there is one.',
  ),
  ALLOWED_PRIVATE_HOSTS: optionalText
    .refine((list) => isAllowList(splitList(list)), {
      error:
        'ALLOWED_PRIVATE_HOSTS must be host names, addresses or ranges such as 192.168.1.0/24, with commas between them.',
    })
    .describe(
      'Hosts of your own network that links may lead to, with commas between them: names, addresses or ranges such as 192.168.1.0/24. Empty: the open internet only.',
    ),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('error')
    .describe(
      'How much the log on standard error says; commands show what matters to a person by themselves. Unless set, `clipwright serve` says warn.',
    ),
  LOG_FORMAT: z
    .enum(['auto', 'lines', 'json'])
    .default('auto')
    .describe('auto: lines for a person at a terminal, JSON with every detail anywhere else. lines or json: always.'),
})

export type Settings = Readonly<z.infer<typeof settingsSchema>>

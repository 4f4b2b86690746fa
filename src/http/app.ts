import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Settings } from '../config/settings.ts'
import type { Logger } from '../observability/logger.ts'
import type { Pipeline } from '../pipeline/open-pipeline.ts'
import type { SpeechSynthesiser } from '../pipeline/transcribe/align/speech-synthesiser.ts'

/** A Fastify server whose routes are typed by their zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

export interface BreakerView {
  provider: string
  model: string
  state: 'closed' | 'half-open' | 'open'
}

/** What routes stand on. */
export interface HttpParts {
  settings: Settings
  pipeline: Pipeline
  logger: Logger
  /** Version of the program. */
  version: string
  /** How the circuit breakers of the language models stand; left out where none is set up. */
  breakers?: (() => Promise<BreakerView[]>) | undefined
  /** What says words so that they can be found in the sound of a recording; without it their times stay estimates. */
  findVoice?: (() => Promise<SpeechSynthesiser | null>) | undefined
  /** How often it is looked whether open streams may go on, in milliseconds. */
  accountCheckMs?: number | undefined
}

/** Who may use a route, the least first. Everyone may do what those before may. */
export const roles = ['anyone', 'viewer', 'editor', 'owner'] as const
export type Role = (typeof roles)[number]

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route, as `GET /path/:id`, and who may use it. */
    whoMay: ReadonlyMap<string, Role>
  }
  interface FastifyContextConfig {
    /** Every route says it; a server with one that does not refuses to start. */
    may?: Role
    /** Only a person who is signed in, not a key: what a stolen key could be made to last with. */
    bySession?: boolean
    /** With an Idempotency-Key it is done once; goes with `onceHeaders`. */
    once?: boolean
  }
}

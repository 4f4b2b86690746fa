import type { z } from 'zod'
import type { ModelSetup } from './model-setup.ts'

export interface WireMessage {
  role: 'user' | 'assistant'
  content: string
}

export interface WireRequest {
  system: string
  messages: WireMessage[]
  /** For providers that can hold a model to a shape; the answer is checked again by whoever asked. */
  schema: z.ZodType
  maxOutputTokens: number
  signal: AbortSignal
}

export interface WireAnswer {
  text: string
  /** `length`: it was cut off at the most tokens allowed. */
  finish: 'stop' | 'length' | 'refused' | 'other'
  /** Null when the provider did not say. */
  inputTokens: number | null
  outputTokens: number | null
}

/** One model at the other end of a wire. Makes exactly one request for each call, and throws whatever goes wrong with it. */
export interface WireModel {
  generate(request: WireRequest): Promise<WireAnswer>
}

export type OpenWireModel = (setup: ModelSetup) => Promise<WireModel>

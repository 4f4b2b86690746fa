/** Sound of one channel. */
export interface Sound {
  samples: Int16Array
  /** Samples a second. */
  rate: number
}

/**
 * A machine that speaks, so that its words can be found again in a recording. How it sounds to a person does not matter; that
 * each word begins and ends exactly where its samples do, does.
 */
export interface SpeechSynthesiser {
  /** e.g. `espeak-ng 1.51`; names everything that could change a sample. */
  readonly fingerprint: string
  /** The voice for a language (BCP 47 tag), or null when it does not speak it. */
  voiceFor(language: string): string | null
  /**
   * Says each word by itself, without silence around it; a word it has no sound for is empty. Repeatable: the same words give
   * the same samples.
   * @throws AppError when the program fails; the signal's reason when aborted
   */
  say(words: readonly string[], options: { voice: string; signal: AbortSignal }): Promise<SpokenWords>
}

export interface SpokenWords {
  /** One for each word asked for. */
  words: Int16Array[]
  /** Samples a second. */
  rate: number
}

/**
 * Puts full stops, question marks, commas and capitals where a machine that listens left them out. Optional: without one, sentences are
 * told by pauses and length.
 */
export interface Punctuator {
  /** Names everything that could change an answer: engine, version, model. */
  readonly fingerprint: string
  /** Whether it knows the language (BCP 47 tag). */
  speaks(language: string): boolean
  /**
   * The same words in the same number and order, with marks and capitals; words are never added, dropped or changed otherwise.
   * @throws the signal's reason when aborted
   */
  punctuate(words: readonly string[], options: { language: string; signal: AbortSignal }): Promise<string[]>
}

/** A sentence with its number in the recording. */
export interface NumberedSentence {
  number: number
  speaker: string | null
  text: string
}

/** A span of sentences that a language model may choose, with what is said around it. */
export interface Passage {
  /** 1 for the earliest of the list. */
  number: number
  /** Numbers of sentences; the passage is all from one to the other. */
  firstSentence: number
  lastSentence: number
  /** The earliest sentence it may begin with instead and still be short enough. */
  earliestSentence: number
  /** Length in seconds. */
  seconds: number
  before: NumberedSentence[]
  sentences: NumberedSentence[]
  after: NumberedSentence[]
}

/** What a language model is to rank: plain data, in order of time. */
export interface Shortlist {
  passages: Passage[]
}

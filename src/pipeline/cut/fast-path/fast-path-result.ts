/** Whether a clip's picture was copied from the recording instead of made anew, and why or why not: a sentence for a person. */
export interface FastPathResult {
  used: boolean
  detail: string
}

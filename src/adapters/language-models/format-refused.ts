/** The server does not know how to hold a model to a schema; the same request without one may do. */
export class FormatRefused extends Error {
  override readonly name = 'FormatRefused'
  readonly said: string
  constructor(refusal: Error) {
    // Not as its cause: that is a refused request, and this is an invitation to send another.
    super('the server does not hold answers to a schema')
    this.said = refusal.message
  }
}

import { StringDecoder } from 'node:string_decoder'

/** Longer lines are cut into pieces: a tool that never ends a line must not fill our memory. */
const MAX_LINE_LENGTH = 16_384

export interface LineSplitter {
  write(chunk: Buffer): void
  /** Hands over what came after the last line end. */
  end(): void
}

/** Turns chunks of UTF-8 into lines, without their ends; `\n`, `\r\n` and `\r` all end one. Empty lines are left out. */
export function splitLines(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let rest = ''

  const hand = (line: string) => {
    for (let at = 0; at < line.length; at += MAX_LINE_LENGTH) onLine(line.slice(at, at + MAX_LINE_LENGTH))
  }
  const take = (text: string) => {
    const lines = (rest + text).split(/[\r\n]+/)
    rest = lines.pop() ?? ''
    for (const line of lines) hand(line)
    const whole = rest.length - (rest.length % MAX_LINE_LENGTH)
    hand(rest.slice(0, whole))
    rest = rest.slice(whole)
  }

  return {
    write: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end())
      hand(rest)
      rest = ''
    },
  }
}

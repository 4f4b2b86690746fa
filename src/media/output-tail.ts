const MAX_LINES = 40
const MAX_CHARACTERS = 8192

export interface OutputTail {
  add(line: string): void
  text(): string
}

/** Keeps the last lines a tool wrote, at most 40 lines and 8 kB, as evidence. */
export function createOutputTail(): OutputTail {
  const lines: string[] = []
  return {
    add(line) {
      lines.push(line.slice(-MAX_CHARACTERS))
      if (lines.length > MAX_LINES) lines.shift()
    },
    text: () => lines.join('\n').slice(-MAX_CHARACTERS),
  }
}

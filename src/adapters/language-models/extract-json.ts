/**
 * The JSON object in a model's answer: the whole text, the inside of a ``` fence, or what stands from the first { to the last }; null when
 * there is none. Models that were told to answer with JSON alone like to say "Here it is:" first.
 */
export function extractJson(text: string): unknown {
  const fenced = /```(?:json)?\s*([\s\S]*?)```/i.exec(text)?.[1]
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')]
  for (const part of [text, fenced, from >= 0 && to > from ? text.slice(from, to + 1) : undefined]) {
    if (part === undefined) continue
    try {
      const value: unknown = JSON.parse(part)
      if (typeof value === 'object' && value !== null) return value
    } catch {
      // The next reading may fit.
    }
  }
  return null
}

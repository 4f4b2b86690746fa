/** How every such sentence begins, so that it can be told from others and taken back. */
const opening = 'The transcript is a version '

/** What a run says when it uses a version that a person made or chose. `note` is what they did, where it is a correction. */
export function sayChosen(note: string | null): string {
  const what = note === null ? 'that was chosen by hand' : `made by hand (${note})`
  return `${opening}${what}; \`clipwright transcript versions\` lists all.`
}

/** The warnings of a transcript without what was said of an earlier choice. */
export function withoutChosen(warnings: readonly string[]): string[] {
  return warnings.filter((warning) => !warning.startsWith(opening))
}

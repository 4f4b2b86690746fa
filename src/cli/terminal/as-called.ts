/** Texts name commands as they are where Clipwright is installed; here they are as a person calls them, e.g. `npx clipwright doctor`. */
export function asCalled(text: string, command: string): string {
  return text.replaceAll('`clipwright ', `\`${command} `)
}

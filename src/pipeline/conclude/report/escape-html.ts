const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Text as HTML, safe between tags and inside quoted attributes. Control characters, which HTML forbids even as
 * references, and lone surrogates become U+FFFD; bidirectional overrides go, so a title can't turn its neighbours round.
 */
export function escapeHtml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]/g, '\ufffd')
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/[&<>"']/g, (character) => entities[character] ?? '')
  )
}

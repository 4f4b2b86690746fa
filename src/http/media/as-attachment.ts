/** `Content-Disposition` of a file to be saved: RFC 6266, with the name in UTF-8 (RFC 8187) and a plain one for who can't read that. */
export function asAttachment(name: string): string {
  const plain = name.replace(/[^\w. -]/g, '_')
  const safe = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${safe}`
}

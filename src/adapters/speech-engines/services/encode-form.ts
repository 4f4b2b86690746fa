import { randomUUID } from 'node:crypto'

export interface FormFile {
  /** Of its field. */
  field: string
  /** As the other side is to know it. */
  name: string
  type: string
  bytes: Uint8Array
}

export interface EncodedForm {
  body: Uint8Array<ArrayBuffer>
  contentType: string
}

/**
 * A form as bytes (RFC 7578), the file last. Not left to `FormData`: its file is a stream, and one that is let go of while it is read fails where
 * nobody can catch it, which would end the process (Node 24, `Blob.stream`).
 */
export function encodeForm(fields: readonly (readonly [name: string, value: string])[], file: FormFile): EncodedForm {
  const boundary = `clipwright-${randomUUID()}`
  const head = fields.map(([name, value]) => `--${boundary}\r\n${disposition(name)}\r\n\r\n${value}\r\n`).join('')
  const fileHead = `--${boundary}\r\n${disposition(file.field)}; filename="${quoted(file.name)}"\r\nContent-Type: ${file.type}\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head + fileHead), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return { body: new Uint8Array(body), contentType: `multipart/form-data; boundary=${boundary}` }
}

function disposition(name: string): string {
  return `Content-Disposition: form-data; name="${quoted(name)}"`
}

/** As browsers do it: https://html.spec.whatwg.org/#multipart-form-data */
function quoted(name: string): string {
  return name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
}

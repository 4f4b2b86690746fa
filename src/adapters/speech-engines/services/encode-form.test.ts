import { expect, it } from 'vitest'
import { encodeForm } from './encode-form.ts'

it('is read by others as it was meant, whatever stands in it', async () => {
  const bytes = new Uint8Array(1000).map((_, index) => index % 256)
  const fields = [
    ['model', 'größer'],
    ['a[]', '1'],
    ['a[]', '2\r\n--x\r\n'],
  ] as const
  const { body, contentType } = encodeForm(fields, { field: 'file', name: 'a"b\r\n.ogg', type: 'audio/ogg', bytes })
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData()
  expect([...form.keys()]).toEqual(['model', 'a[]', 'a[]', 'file'])
  expect(form.getAll('a[]')).toEqual(['1', '2\r\n--x\r\n'])
  expect(form.get('model')).toBe('größer')
  const file = form.get('file') as File
  expect(file).toMatchObject({ name: 'a"b\r\n.ogg', type: 'audio/ogg' })
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes)
})

import { expect, test } from 'vitest'
import { escapeHtml } from './escape-html.ts'

test('markup becomes text, in attributes too', () => {
  expect(escapeHtml(`</script><img src=x onerror="alert('1')">&amp;`)).toBe(
    '&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;',
  )
})

test('what HTML forbids is replaced, what turns text round goes, the rest stays', () => {
  expect(escapeHtml('a\u0000b\u001b[31mc\ud800')).toBe('a\ufffdb\ufffd[31mc\ufffd')
  expect(escapeHtml('safe\u202egpj.exe')).toBe('safegpj.exe')
  expect(escapeHtml('日本 👩‍🚀\n\tשלום')).toBe('日本 👩‍🚀\n\tשלום')
})

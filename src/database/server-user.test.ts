import { expect, test } from 'vitest'
import { nobodyIn, serverUser } from './server-user.ts'

test.each([
  ['Debian', 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n', 65534],
  ['an old Red Hat', 'nobody:x:99:99:Nobody:/:/sbin/nologin\n', 99],
  ['macOS', 'nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\n', 4294967294],
  ['an empty image', '', 65534],
  ['a broken file', 'nobody\n', 65534],
  ['a file that makes nobody root', 'nobody:x:0:0::/:/bin/sh\n', 65534],
])('nobody on %s', (_, passwd, id) => {
  expect(nobodyIn(passwd)).toEqual({ uid: id, gid: id })
})

test.runIf(process.getuid?.() !== 0)('an ordinary user runs the server as themselves', () => {
  expect(serverUser({ cluster: '/nowhere', dataFolder: '/nowhere' })).toBeUndefined()
})

test.runIf(process.getuid?.() === 0)('root never does', () => {
  expect(serverUser({ cluster: '/nowhere', dataFolder: '/' })?.uid).toBeGreaterThan(0)
})

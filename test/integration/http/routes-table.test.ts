import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '../../../src/http/app.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'

// Who may use what, at the least. A route that is not here, or says otherwise, fails: what is opened to whom is decided here.
const table: Readonly<Record<string, Role>> = {
  'GET /health/live': 'anyone',
  'GET /health/ready': 'anyone',
  'GET /health': 'anyone',
  'GET /metrics': 'viewer',
  'GET /api/v1/admin/metrics': 'viewer',
  'GET /api/v1/dashboard': 'viewer',
  'GET /dashboard': 'viewer',
  'GET /dashboard.css': 'anyone',
  'GET /dashboard.js': 'anyone',
  'GET /dashboard-chart.js': 'anyone',
  'GET /dashboard-words.js': 'anyone',
  'GET /queue/stats': 'viewer',
  'GET /storage/stats': 'viewer',
  'GET /api/v1/admin/jobs': 'owner',
  'GET /api/v1/admin/workers': 'owner',
  'POST /api/v1/admin/jobs/:kind/pause': 'owner',
  'POST /api/v1/admin/jobs/:kind/resume': 'owner',
  'POST /api/v1/admin/jobs/retry-all': 'owner',
  'GET /api/v1/sign-in': 'anyone',
  'POST /api/v1/sign-in': 'anyone',
  'POST /api/v1/sign-out': 'anyone',
  'POST /api/v1/accounts/owner': 'anyone',
  'GET /api/v1/accounts': 'owner',
  'POST /api/v1/accounts': 'owner',
  'GET /api/v1/accounts/:id': 'owner',
  'PATCH /api/v1/accounts/:id': 'owner',
  'DELETE /api/v1/accounts/:id': 'owner',
  'GET /api/v1/accounts/me': 'viewer',
  'PATCH /api/v1/accounts/me': 'viewer',
  'POST /api/v1/accounts/me/password': 'viewer',
  'GET /api/v1/accounts/me/sessions': 'viewer',
  'DELETE /api/v1/accounts/me/sessions': 'viewer',
  'DELETE /api/v1/accounts/me/sessions/:id': 'viewer',
  'GET /api/v1/accounts/me/keys': 'viewer',
  'POST /api/v1/accounts/me/keys': 'viewer',
  'DELETE /api/v1/accounts/me/keys/:id': 'viewer',
  'GET /sign-in': 'anyone',
  'GET /sign-in.css': 'anyone',
  'GET /sign-in.js': 'anyone',
  'GET /account': 'viewer',
  'GET /account.css': 'anyone',
  'GET /account.js': 'anyone',
  'GET /account-keys.js': 'anyone',
  'GET /account-parts.js': 'anyone',
  'GET /account-people.js': 'anyone',
  'GET /visitor.js': 'anyone',
  'GET /library.css': 'anyone',
  'GET /': 'viewer',
  'GET /page.css': 'anyone',
  'GET /page.js': 'anyone',
  'GET /ask.js': 'anyone',
  'GET /failures.js': 'anyone',
  'GET /library.js': 'anyone',
  'GET /live.js': 'anyone',
  'GET /nodes.js': 'anyone',
  'GET /work.js': 'anyone',
  'GET /api/docs': 'viewer',
  'GET /api/docs/json': 'viewer',
  'GET /api/docs/yaml': 'viewer',
  'GET /api/docs/static/*': 'viewer',
  'GET /api/docs/static/index.html': 'viewer',
  'GET /api/docs/static/swagger-initializer.js': 'viewer',
  'GET /api/v1/events': 'viewer',
  'GET /api/v1/events/stream': 'viewer',
  'GET /api/v1/recordings': 'viewer',
  'GET /api/v1/recordings/:id': 'viewer',
  'DELETE /api/v1/recordings/:id': 'editor',
  'GET /api/v1/recordings/:id/clips': 'viewer',
  'GET /api/v1/recordings/:id/transcript': 'viewer',
  'GET /api/v1/recordings/:id/transcript.:format': 'viewer',
  'GET /api/v1/recordings/:id/transcripts': 'viewer',
  'PATCH /api/v1/recordings/:id/transcript': 'editor',
  'POST /api/v1/recordings/:id/transcript': 'editor',
  'GET /api/v1/recordings/:id/moments': 'viewer',
  'GET /api/v1/search': 'viewer',
  'GET /api/v1/styles': 'viewer',
  'GET /api/v1/styles/captions/:name.jpg': 'viewer',
  'GET /api/v1/runs/:id/renderings': 'viewer',
  'GET /api/v1/recordings/:id/export.:format': 'viewer',
  'GET /api/v1/clips/:id/export.:format': 'viewer',
  'GET /api/v1/settings': 'viewer',
  'PATCH /api/v1/settings': 'owner',
  'DELETE /api/v1/settings/:name': 'owner',
  'GET /api/v1/settings/server': 'owner',
  'GET /api/v1/feedback': 'viewer',
  'GET /api/v1/clips/:id': 'viewer',
  'GET /api/v1/clips/:id/versions': 'viewer',
  'GET /api/v1/clips/:id/edits': 'viewer',
  'GET /api/v1/clips/:id/edit': 'viewer',
  'PUT /api/v1/clips/:id/edit': 'editor',
  'POST /api/v1/clips/:id/edits': 'editor',
  'POST /api/v1/clips/:id/edits/preview': 'editor',
  'POST /api/v1/clips/:id/undo': 'editor',
  'POST /api/v1/clips/:id/restore': 'editor',
  'GET /api/v1/clips/:id/feedback': 'viewer',
  'POST /api/v1/clips/:id/feedback': 'editor',
  'DELETE /api/v1/clips/:id/feedback': 'editor',
  'GET /api/v1/renderings/:key.:ending': 'viewer',
  'GET /upload.css': 'anyone',
  'GET /upload.js': 'anyone',
  'OPTIONS /api/v1/uploads': 'anyone',
  'GET /api/v1/uploads': 'editor',
  'POST /api/v1/uploads': 'editor',
  'GET /api/v1/uploads/limits': 'viewer',
  'GET /api/v1/uploads/:id': 'editor',
  'POST /api/v1/uploads/:id': 'editor',
  'PATCH /api/v1/uploads/:id': 'editor',
  'DELETE /api/v1/uploads/:id': 'editor',
  'POST /api/v1/recordings': 'editor',
  'GET /api/v1/runs': 'viewer',
  'POST /api/v1/runs': 'editor',
  'GET /api/v1/runs/:id': 'viewer',
  'POST /api/v1/runs/:id/cancel': 'editor',
  'POST /api/v1/runs/:id/front': 'editor',
  'POST /api/v1/runs/:id/retry': 'editor',
  'POST /api/v1/runs/:id/priority': 'editor',
  'GET /api/v1/admin/dead-letters': 'viewer',
  'POST /api/v1/admin/dead-letters/:id/retry': 'editor',
}

let test: TestApp
beforeAll(async () => {
  test = await appForTest()
})
afterAll(() => test.close())

it('lists every route and who may use it', () => {
  expect(Object.fromEntries(visible(test.app.whoMay))).toEqual(table)
})

it('lets nobody ask with HEAD what they may not ask with GET', () => {
  const { whoMay } = test.app
  const heads = [...whoMay].filter(([route]) => route.startsWith('HEAD '))
  expect(heads.length).toBeGreaterThan(0)
  for (const [route, may] of heads) expect([route, whoMay.get(asGet(route))]).toEqual([route, may])
})

/** Without the HEAD that comes with every GET. */
function visible(whoMay: ReadonlyMap<string, Role>): [string, Role][] {
  return [...whoMay].filter(([route]) => !route.startsWith('HEAD ') || !whoMay.has(asGet(route)))
}

function asGet(head: string): string {
  return head.replace('HEAD', 'GET').replace(/(?<=\w)\/$/, '')
}

import { expect, it } from 'vitest'
import { appForTest } from '../../support/app-for-test.ts'
import { hasBrowser, openBrowser } from '../../support/browser.ts'

it.skipIf(!hasBrowser)('shows the document in a browser, within its content policy', async () => {
  const test = await appForTest()
  const browser = await openBrowser()
  try {
    const address = await test.app.listen({ host: '127.0.0.1', port: 0 })
    const page = await browser.newPage()
    page.setDefaultTimeout(300_000)
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    const answer = await page.goto(`${address}/api/docs`)
    expect(answer?.headers()['content-security-policy']).toContain("default-src 'self'")
    await page.getByText('Begin a session').waitFor()
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
    await test.close()
  }
})

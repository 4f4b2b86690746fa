import { loadSettings } from '../../src/config/load-settings.ts'
import type { StepKind } from '../../src/domain/run.ts'
import type { App, HttpParts } from '../../src/http/app.ts'
import { buildApp } from '../../src/http/build-app.ts'
import { createLogger } from '../../src/observability/logger.ts'
import type { StepHandler } from '../../src/pipeline/engine/step-context.ts'
import { demandDocumentedAnswers } from './answers-as-documented.ts'
import { composeForTest, type TestClipwright } from './compose-for-test.ts'

export interface TestApp {
  app: App
  clipwright: TestClipwright
  close(): Promise<void>
}

/** The web server on a database of its own, with stages that do what a test wants; to be injected into; answers are held against the OpenAPI document. */
export async function appForTest(
  handlers: Partial<Record<StepKind, StepHandler>> = {},
  {
    environment = {},
    ...parts
  }: Pick<HttpParts, 'breakers' | 'accountCheckMs'> & {
    /** Settings that differ from the defaults. */
    environment?: Record<string, string>
  } = {},
): Promise<TestApp> {
  const clipwright = await composeForTest(handlers, environment)
  const app = await buildApp({
    settings: loadSettings(environment),
    pipeline: clipwright,
    logger: createLogger('silent'),
    version: '0.0.0',
    ...parts,
  })
  demandDocumentedAnswers(app)
  return {
    app,
    clipwright,
    close: async () => {
      await app.close()
      await clipwright.close()
    },
  }
}

import type { StepContext } from '../step-context.ts'

export async function handleCut(context: StepContext): Promise<void> {
  await context.finish(async () => ({}))
}

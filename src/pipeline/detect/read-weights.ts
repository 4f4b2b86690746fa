import { readFileSync } from 'node:fs'
import type { z } from 'zod'

interface WeightsFile<T> {
  /** In the folder `weights`. */
  name: string
  schema: z.ZodType<T>
  /** What the code measures today, in order. */
  features: readonly string[]
}

/** Weights that come with this version. @throws when they are damaged, or were trained on other features than are measured */
export function readWeights<T extends { features: readonly string[] }>({ name, schema, features }: WeightsFile<T>): T {
  const model = schema.parse(JSON.parse(readFileSync(new URL(`weights/${name}`, import.meta.url), 'utf8')))
  if (model.features.join() !== features.join()) throw new Error(`weights/${name} was trained on other features`)
  return model
}

import type { Registry } from 'prom-client'
import { z } from 'zod'

export const metric = z
  .object({
    name: z.string(),
    help: z.string(),
    type: z.string(),
    values: z.array(
      z.object({
        value: z.number().nullable().describe('Null where nothing was measured.'),
        labels: z.record(z.string(), z.union([z.string(), z.number()])),
        metricName: z.string().optional().describe('Of histograms and summaries: which of their parts it is.'),
      }),
    ),
  })
  .meta({ id: 'Metric' })

type Exposed = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number]

/** Not as prom-client has it: its types promise more than it gives, and JSON has no NaN. */
export function toMetric({ name, help, type, ...rest }: Exposed): z.infer<typeof metric> {
  const values = 'values' in rest && Array.isArray(rest.values) ? (rest.values as unknown[]) : []
  return { name, help, type: String(type), values: values.map((value) => exposedValue.parse(value)) }
}

const exposedValue = z.object({
  value: z.unknown().transform((value) => (Number.isFinite(value) ? Number(value) : null)),
  labels: z.record(z.string(), z.union([z.string(), z.number()])),
  metricName: z.string().optional(),
})

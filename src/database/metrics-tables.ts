import type { Json } from './table-columns.ts'

/** History of what the dashboard shows. */
export interface MetricsTables {
  metric_samples: MetricSamplesTable
}

interface MetricSamplesTable {
  minute: Date
  figures: Json<Record<string, number>>
}

import type { ColumnType } from 'kysely'

/** History of what the dashboard shows. */
export interface MetricsTables {
  metric_samples: MetricSamplesTable
}

interface MetricSamplesTable {
  minute: Date
  figures: ColumnType<Record<string, number>, string, string>
}

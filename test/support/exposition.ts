/** One line of figures in Prometheus's text format. */
export interface ExposedSample {
  name: string
  labels: Record<string, string>
  value: number
}

export interface ExposedMetric {
  name: string
  help: string
  type: string
  samples: ExposedSample[]
}

const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y

/**
 * Reads Prometheus's text format 0.0.4 strictly: HELP and TYPE before the figures, each metric in one place and once, every figure once, known types,
 * names and labels well-formed. https://prometheus.io/docs/instrumenting/exposition_formats/ @throws an Error that says what is wrong
 */
export function readExposition(text: string): ExposedMetric[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const metrics: ExposedMetric[] = []
  const seen = new Set<string>()
  for (const each of text.split('\n').filter((one) => one !== '')) {
    const [, what, about, rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(each) ?? []
    if (what === 'HELP' && about !== undefined) {
      if (!name.test(about)) throw new Error(`no name: ${about}`)
      if (metrics.some((metric) => metric.name === about)) throw new Error(`${about} is told twice`)
      metrics.push({ name: about, help: rest, type: '', samples: [] })
    } else if (what === 'TYPE') {
      const metric = metrics.at(-1)
      if (metric?.name !== about || metric?.type !== '') throw new Error(`TYPE without HELP: ${each}`)
      if (!/^(counter|gauge|histogram|summary)$/.test(rest)) throw new Error(`no type: ${each}`)
      metric.type = rest
    } else {
      const sample = readSample(each)
      const metric = metrics.at(-1)
      if (metric === undefined || !namesOf(metric).includes(sample.name)) throw new Error(`out of place: ${each}`)
      const key = JSON.stringify([
        sample.name,
        Object.entries(sample.labels).toSorted(([a], [b]) => a.localeCompare(b)),
      ])
      if (seen.has(key)) throw new Error(`twice: ${each}`)
      seen.add(key)
      metric.samples.push(sample)
    }
  }
  return metrics
}

function readSample(text: string): ExposedSample {
  const [, of, labels = '', value] = line.exec(text) ?? []
  if (of === undefined) throw new Error(`not a figure: ${text}`)
  const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value)
  if (Number.isNaN(number) && value !== 'NaN' && value !== 'Nan') throw new Error(`no number: ${text}`)
  return { name: of, labels: readLabels(labels, text), value: number }
}

function readLabels(text: string, where: string): Record<string, string> {
  const labels: Record<string, string> = {}
  label.lastIndex = 0
  while (label.lastIndex < text.length) {
    const [, key, value] = label.exec(text) ?? []
    if (key === undefined || value === undefined || key in labels) throw new Error(`labels: ${where}`)
    labels[key] = value
  }
  return labels
}

function namesOf({ name: base, type }: ExposedMetric): string[] {
  if (type === 'histogram') return ['_bucket', '_sum', '_count'].map((end) => base + end)
  if (type === 'summary') return ['', '_sum', '_count'].map((end) => base + end)
  return [base]
}

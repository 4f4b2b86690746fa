import type { Pool } from 'pg'

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  Plans?: PlanNode[]
}

/** Tables that a statement reads from end to end, as the planner means to do it with these values. */
export async function readWhole(
  pool: Pick<Pool, 'query'>,
  { text, values }: { text: string; values: unknown[] },
): Promise<string[]> {
  const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (format json) ${text}`, values)
  const plan = rows[0]?.['QUERY PLAN'][0].Plan
  return plan === undefined ? [] : wholeTablesOf(plan)
}

function wholeTablesOf(node: PlanNode): string[] {
  const own = node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== undefined ? [node['Relation Name']] : []
  return [...own, ...(node.Plans ?? []).flatMap(wholeTablesOf)]
}

import { createHash } from 'node:crypto'

/** The schema that belongs to pg-boss, beside ours. */
export const queueSchema = 'boss'

/** The queue of what can't be tried any more. */
export const deadLetters = 'dead-letters'

/** The channel on which pg-boss says which queue has something new; derived as pg-boss derives it. */
export const queueChannel = `pgboss_${createHash('sha224').update(queueSchema).digest('hex').slice(0, 24)}`

/** The schema that belongs to pg-boss, beside ours. */
export const queueSchema = 'boss'

/** The queue of what can't be tried any more. */
export const deadLetters = 'dead-letters'

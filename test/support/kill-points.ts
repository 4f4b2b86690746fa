/**
 * Where a step can be cut off: before its work; in the middle of it, its tool running; with the work done and nothing
 * saved; in the finishing transaction after the result was written; just before its commit; right after it.
 */
export const killPoints = ['before', 'during', 'after', 'saving', 'committing', 'committed'] as const
export type KillPoint = (typeof killPoints)[number]

import { defineJob } from '../../queue/define-job.ts'

/** All clips of a run → the folder with the report; says how well the run went. */
export const conclude = defineJob({ name: 'conclude' })

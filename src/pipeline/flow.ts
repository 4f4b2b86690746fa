import { analyze } from './analyze/analyze.job.ts'
import { conclude } from './conclude/conclude.job.ts'
import { cut } from './cut/cut.job.ts'
import { detect } from './detect/detect.job.ts'
import { after, all } from './engine/follow.ts'
import { ingest } from './ingest/ingest.job.ts'
import { reframe } from './reframe/reframe.job.ts'
import { transcribe } from './transcribe/transcribe.job.ts'

/** The product in one list: what follows what. No other file knows the order. */
export const flow = [
  after(ingest, [transcribe, analyze]),
  after(all(transcribe, analyze), detect),
  after(detect, reframe, { each: 'moment' }),
  after(reframe, cut),
  after(all(cut), conclude, { evenIfSomeFailed: true }),
]

/** Where a run begins, and where it ends. */
export const firstJob = ingest
export const lastJob = conclude

export const jobs = { ingest, transcribe, analyze, detect, reframe, cut, conclude }

import { AppError } from '../../domain/app-error.ts'
import type { QualityCheck } from './gate/quality-report.ts'

/** A finished clip is not what it should be, and making it again did not help. */
export class ClipFailedQuality extends AppError {
  readonly code = 'CLIP_FAILED_QUALITY'
  constructor(failures: readonly QualityCheck[]) {
    super(`The finished clip did not pass its checks: ${failures.map(({ name }) => name).join(', ')}.`, {
      hint: 'It was made twice and thrown away. If the recording plays well at this place, please report it with the lines below.',
      evidence: { output: failures.map(({ name, detail }) => `${name}: ${detail}`).join('\n') },
    })
  }
}

import type { Settings } from '../../config/settings.ts'

/** Whether a process has done, or has come to take, as much as one should. */
export function isWorn(
  { jobs, bytes }: { jobs: number; bytes: number },
  {
    WORKER_RESTART_AFTER_JOBS: mostJobs,
    WORKER_RESTART_AFTER_MB: mostMegabytes,
  }: Pick<Settings, 'WORKER_RESTART_AFTER_JOBS' | 'WORKER_RESTART_AFTER_MB'>,
): boolean {
  return (mostJobs > 0 && jobs >= mostJobs) || (mostMegabytes > 0 && bytes > mostMegabytes * 1e6)
}

import type { StepContext } from '../engine/step-context.ts'
import type { Downloader, FetchedRecording, FetchOptions } from './downloader.ts'

/**
 * Brings what the run names by link onto this disk, the transcript first: it is small, and a wrong link is told at once.
 * Null for a run about a file.
 */
export async function fetchLink(context: StepContext, downloader: Downloader): Promise<FetchedRecording | null> {
  const { settings, signal, ledger } = context
  const options: FetchOptions = { signal, ledger, onProgress: (progress) => context.report(progress) }
  if (settings.transcriptLink !== undefined && settings.transcriptPath !== null) {
    await downloader.fetchTranscript({ url: settings.transcriptLink, to: settings.transcriptPath }, options)
  }
  if (settings.link === undefined) return null
  return downloader.fetchRecording({ ...settings.link, to: settings.path }, options)
}

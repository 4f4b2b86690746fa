import { findOnSystem } from '../../media/find-on-system.ts'
import { runTool } from '../../media/run-tool.ts'
import type { EspeakProgram } from './espeak.ts'
import { EspeakBroken } from './espeak-errors.ts'
import { parseVoices } from './parse-voices.ts'

/**
 * The espeak-ng to use: the one a setting names, else the system's; null when there is none or the setting says `off`.
 * @throws EspeakBroken when a setting names one that does not work
 */
export async function findEspeak(named: string | undefined, signal?: AbortSignal): Promise<EspeakProgram | null> {
  if (named === 'off') return null
  const path = named ?? (await findOnSystem('espeak-ng', signal))
  if (path === null) return null
  try {
    const version = /(\d+\.\d+(?:\.\d+)?)/.exec(await outputOf(path, '--version', signal))?.[1]
    const voices = parseVoices(await outputOf(path, '--voices', signal))
    if (version !== undefined && voices.length > 0) return { path, version, voices }
  } catch (error) {
    signal?.throwIfAborted()
    if (named !== undefined) throw new EspeakBroken(path, error)
    return null
  }
  if (named !== undefined) throw new EspeakBroken(path)
  return null
}

async function outputOf(path: string, argument: string, signal: AbortSignal | undefined): Promise<string> {
  const chunks: Buffer[] = []
  await runTool({
    command: path,
    args: [argument],
    signal,
    timeoutSeconds: 10,
    onStdout: (chunk) => chunks.push(chunk),
  })
  return Buffer.concat(chunks).toString('utf8')
}

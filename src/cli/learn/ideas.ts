import { z } from 'zod'
import { openLanguageModel } from '../../compose.ts'
import { dataFolder } from '../../config/data-folder.ts'
import { loadSettings } from '../../config/load-settings.ts'
import { asNoSpace } from '../../domain/no-space.ts'
import { getRecordingTitles } from '../../library/recordings.store.ts'
import { type SuggestedTopics, suggestTopics } from '../../pipeline/topics/suggest-topics.ts'
import { WrongUsage } from '../clip/clip-options.ts'
import { createPaint, type Paint, shouldColour } from '../terminal/create-paint.ts'
import { exitCodeOf, exitCodes } from '../terminal/exit-codes.ts'
import { listenForInterruption } from '../terminal/interruption.ts'
import { printError } from '../terminal/print-error.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'
import { terminalLogger } from '../terminal/terminal-logger.ts'

const ideasOptions = z.object({
  niche: z.string().trim().min(1, '--niche needs a few words.').max(500, '--niche may have 500 letters.').optional(),
  count: z.coerce
    .number({ error: '--count must be a number.' })
    .int('--count must be a whole number.')
    .min(1, '--count must be at least 1.')
    .max(50, '--count must be at most 50.'),
  data: z.string().optional(),
  json: z.boolean().default(false),
})
type IdeasCommand = z.infer<typeof ideasOptions>

// The newest say best what this library is about.
const mostTitles = 50

/** `clipwright ideas`: fresh topics for a niche, or for what the library is about. Returns the exit status. */
export async function ideas(options: object): Promise<number> {
  const json = 'json' in options && options.json === true
  using interruption = listenForInterruption()
  try {
    const command = readOptions(options)
    show(await suggest(command, interruption.signal), command)
    return exitCodes.ok
  } catch (thrown) {
    const error = interruption.signal.aborted ? interruption.signal.reason : asNoSpace(thrown)
    printError(error, { json })
    return exitCodeOf(error)
  }
}

function readOptions(options: object): IdeasCommand {
  const parsed = ideasOptions.safeParse(options)
  if (!parsed.success)
    throw new WrongUsage(
      parsed.error.issues.map(({ message }) => message),
      'ideas',
    )
  return parsed.data
}

async function suggest({ niche, count, data }: IdeasCommand, signal: AbortSignal): Promise<SuggestedTopics> {
  const settings = loadSettings()
  const folder = dataFolder({ flag: data, settings })
  const logger = terminalLogger(settings)
  const { db, model, close } = await openLanguageModel({ settings, dataFolder: folder, logger, signal })
  try {
    // A niche says it all; titles are sent only where nothing else does.
    const made = niche === undefined ? await getRecordingTitles(db, mostTitles) : []
    if (niche === undefined && made.length === 0)
      throw new WrongUsage(['The library is empty, so --niche must say what the ideas are to be about.'], 'ideas')
    return await suggestTopics({ niche: niche ?? null, count, made }, { model, signal })
  } finally {
    await close()
  }
}

function show({ topics, by, cached }: SuggestedTopics, { json, niche }: IdeasCommand): void {
  if (json) {
    const { provider, model } = by
    process.stdout.write(
      `${JSON.stringify({ niche: niche ?? null, topics, by: { provider, model }, cached }, null, 2)}\n`,
    )
    return
  }
  const paint = createPaint(shouldColour(process.stdout))
  const from = `From ${by.label} (${by.model})${cached ? ', as of the last five minutes' : ''}.`
  const lines = [...topics.flatMap((topic, i) => describe(topic, i + 1, paint)), paint.dim(sanitiseTerminal(from))]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function describe({ title, angle, why }: SuggestedTopics['topics'][number], number: number, paint: Paint): string[] {
  const indent = ' '.repeat(4)
  const details = [angle, why].filter((text) => text !== '').map((text) => `${indent}${sanitiseTerminal(text)}`)
  return [`${String(number).padStart(2)}. ${paint.bold(sanitiseTerminal(title))}`, ...details, '']
}

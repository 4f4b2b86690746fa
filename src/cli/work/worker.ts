import { dataFolder } from '../../config/data-folder.ts'
import { loadSettings } from '../../config/load-settings.ts'
import { stepKinds } from '../../domain/run.ts'
import { exitCodeOf, exitCodes } from '../terminal/exit-codes.ts'
import { listenForInterruption } from '../terminal/interruption.ts'
import { printError } from '../terminal/print-error.ts'
import { superviseWorker } from './supervise-worker.ts'
import { readWorkerOptions, type WorkerCommand } from './work-options.ts'

/** `clipwright worker`: carries out what is in the queue until it is told to end. Returns the exit status. */
export async function work(options: object): Promise<number> {
  try {
    await workUntilTold(readWorkerOptions(options))
    return exitCodes.ok
  } catch (error) {
    printError(error, { json: false })
    return exitCodeOf(error)
  }
}

async function workUntilTold({ data, kinds, atOnce, untilIdle }: WorkerCommand): Promise<void> {
  using interruption = listenForInterruption({ second: () => worker.stop() })
  const { signal } = interruption
  const settings = loadSettings()
  const worker = superviseWorker({
    task: {
      dataFolder: dataFolder({ flag: data, settings }),
      ...(kinds === undefined ? {} : { kinds }),
      ...(atOnce === undefined ? {} : { atOnce }),
      untilIdle,
      talks: true,
      logLevel: 'error',
    },
    say: (line) => console.error(line),
    giveUpAtFirst: true,
  })
  signal.addEventListener('abort', () => {
    console.error('Ending: what is under way has 30 s, then it goes back to the queue. Ctrl-C stops at once.')
    worker.drain()
  })
  console.error(`Working on ${(kinds ?? stepKinds).join(', ')}. Ctrl-C ends it.`)
  await worker.ended
}

import type { Command } from 'commander'
import { withStore } from '../store-options.ts'

// What is carried out is loaded when it is asked for: `--help` needs none of it.
const jobCommands = () => import('./jobs.ts')
const workerCommand = () => import('./worker.ts')

type End = (status: number) => void

const aRun = 'its id, the beginning of it, or the folder it wrote'

/** `clipwright worker` and `clipwright jobs …`: who works, and on what. */
export function describeWork(program: Command, end: End): void {
  program
    .command('serve')
    .description('The web server and a worker in one: http://127.0.0.1:4000 (docs/guide/server.md).')
    .option('--no-worker', 'answer only; the work is done by `clipwright worker`, here or on other machines')
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .action(async (options: { data?: string; worker: boolean }) => {
      const { serve } = await import('../serve.ts')
      end(await serve(options))
    })

  program
    .command('worker')
    .description(
      'One more pair of hands: carries out what is in the queue, on this or another machine (docs/operate/jobs.md).',
    )
    .option('--only <kinds>', 'these steps only, with commas between them, e.g. cut,transcribe')
    .option(
      '--concurrency <number>',
      'most steps of each kind at a time, or auto: as many as the machine can bear',
      'auto',
    )
    .option('--until-idle', 'end when nothing is left to do')
    .option('--data <folder>', 'where Clipwright keeps its database and files')
    .action(async (options: object) => end(await (await workerCommand()).work(options)))

  const jobs = program
    .command('jobs')
    .description('What is under way, what waits and for what, what failed and why (docs/operate/jobs.md).')
  withStore(jobs.command('list', { isDefault: true }))
    .description('The newest runs, and who works.')
    .option('--failed', 'only runs that failed')
    .action(async (options: object) => end(await (await jobCommands()).showWork(options)))
  withStore(jobs.command('workers'))
    .description('Who works, how each does, and why it takes no more.')
    .action(async (options: object) => end(await (await jobCommands()).showWorkers(options)))
  withStore(jobs.command('show'))
    .description('Every step of a run, and the evidence of each try that failed.')
    .argument('<run>', aRun)
    .action(async (run: string, options: object) => end(await (await jobCommands()).showOneRun(run, options)))
  withStore(jobs.command('dead'))
    .description('What failed for good, with the evidence of every try: command, last output, how long, where.')
    .option('--kind <step>', 'only steps of this kind')
    .action(async (options: object) => end(await (await jobCommands()).showDeadLetters(options)))
  withStore(jobs.command('cancel'))
    .description('Ends a run; what it has finished is kept.')
    .argument('<run>', aRun)
    .action(async (run: string, options: object) => end(await (await jobCommands()).cancelOneRun(run, options)))
  withStore(jobs.command('retry'))
    .description('Tries again what failed or was cancelled in a run; without one, everything that failed.')
    .argument('[run]', aRun)
    .option('--kind <step>', 'only steps of this kind')
    .option('--clip <number>', 'only of this clip')
    .option('--step <id>', 'only this step: one of those `jobs dead` lists')
    .action(async (run: string | undefined, options: object) =>
      end(await (await jobCommands()).retryFailed(run, options)),
    )
  withStore(jobs.command('front'))
    .description('Lets a run overtake all others.')
    .argument('<run>', aRun)
    .action(async (run: string, options: object) => end(await (await jobCommands()).moveRunToFront(run, options)))
  withStore(jobs.command('priority'))
    .description('Lets a run overtake those with a lower priority; 0 unless told.')
    .argument('<run>', aRun)
    .argument('<number>', 'e.g. 10; write `-- RUN -5` for one below zero')
    .action(async (run: string, number: string, options: object) =>
      end(await (await jobCommands()).prioritiseRun(run, number, options)),
    )
  withStore(jobs.command('pause'))
    .description('Begins no more steps of a kind until `jobs resume`; what is under way goes on.')
    .argument('<kind>', 'e.g. cut')
    .action(async (kind: string, options: object) => end(await (await jobCommands()).pauseOneKind(kind, options)))
  withStore(jobs.command('resume'))
    .description('Goes on with a kind of step.')
    .argument('<kind>', 'e.g. cut')
    .action(async (kind: string, options: object) => end(await (await jobCommands()).resumeOneKind(kind, options)))
}

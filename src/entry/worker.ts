import './keep-heap-small.ts'
import './keep-compiled.ts'

const { beWorker } = await import('../cli/work/worker-process.ts')

// Started by `clipwright worker` and `clipwright serve`, which see to it that there always is one (src/cli/work/supervise-worker.ts).
await beWorker(process.argv[2])

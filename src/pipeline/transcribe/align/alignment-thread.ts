import { parentPort } from 'node:worker_threads'
import { alignBlock, type BlockToAlign } from './align-block.ts'

// Runs in a thread of its own, one block at a time; started by `align-off-thread.ts`.

parentPort?.on('message', (block: BlockToAlign) => parentPort?.postMessage(alignBlock(block)))

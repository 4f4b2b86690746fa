import { cpus, freemem, totalmem } from 'node:os'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** How this process and its machine did since the figures were taken before. */
export interface ProcessFigures {
  /** Of the whole machine, 0 to 1. */
  machineCpu: number
  /** Of one core each, so that 2 is two cores busy; without child processes. */
  processCpu: number
  /** Resident, bytes. */
  memoryBytes: number
  machineMemory: { free: number; total: number }
  /** How late the process came to what was due, milliseconds. */
  loopDelay: { p50: number; p99: number; most: number }
}

// Milliseconds between looks at the clock; what is shorter than this goes unseen.
const resolution = 10

/** Measures between two readings. Who reads has one of its own. */
export class ProcessMeter implements Disposable {
  readonly #delay = monitorEventLoopDelay({ resolution })
  #machine = machineTimes()
  #own = process.cpuUsage()
  #at = performance.now()

  constructor() {
    this.#delay.enable()
  }

  read(): ProcessFigures {
    const [machine, own, at] = [machineTimes(), process.cpuUsage(this.#own), performance.now()]
    const [busy, all] = [machine.busy - this.#machine.busy, machine.all - this.#machine.all]
    const figures = {
      machineCpu: all > 0 ? Math.min(1, Math.max(0, busy / all)) : 0,
      processCpu: (own.user + own.system) / 1000 / Math.max(1, at - this.#at),
      memoryBytes: process.memoryUsage.rss(),
      machineMemory: { free: freemem(), total: totalmem() },
      loopDelay: {
        p50: late(this.#delay.percentile(50)),
        p99: late(this.#delay.percentile(99)),
        most: late(this.#delay.max),
      },
    }
    this.#machine = machine
    this.#own = process.cpuUsage()
    this.#at = at
    this.#delay.reset()
    return figures
  }

  [Symbol.dispose](): void {
    this.#delay.disable()
  }
}

/** The histogram counts from one look to the next, in nanoseconds; before the first look it holds nonsense. */
function late(nanoseconds: number): number {
  const milliseconds = nanoseconds / 1e6 - resolution
  return Number.isFinite(milliseconds) && milliseconds > 0 && milliseconds < 1e7 ? milliseconds : 0
}

function machineTimes(): { busy: number; all: number } {
  let [idle, all] = [0, 0]
  for (const { times } of cpus()) {
    idle += times.idle
    all += times.user + times.nice + times.sys + times.irq + times.idle
  }
  return { busy: all - idle, all }
}

import type { Pool } from 'pg'
import { Gauge, type Registry } from 'prom-client'
import type { WorkerState } from '../../domain/worker.ts'
import type { BreakerView } from '../app.ts'

interface Standing {
  steps: readonly { kind: string; status: string; count: number }[]
  jobs: readonly { kind: string; state: string; count: number }[]
  workers: readonly WorkerState[]
  models: readonly BreakerView[]
  pool: Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount' | 'options'>
}

const openness = { closed: 0, 'half-open': 1, open: 2 }

/** How things stand when they are asked for. */
export class Gauges {
  readonly #steps: Gauge<'kind' | 'status'>
  readonly #jobs: Gauge<'kind' | 'state'>
  readonly #workers: Gauge
  readonly #memory: Gauge<'host' | 'pid'>
  readonly #breaker: Gauge<'provider' | 'model'>
  readonly #connections: Gauge<'state'>
  readonly #mostConnections: Gauge

  constructor(registry: Registry, version: string) {
    const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
      new Gauge<Label>({ registers: [registry], name: `clipwright_${name}`, help, labelNames })
    gauge('info', 'The version.', ['version']).set({ version }, 1)
    this.#steps = gauge('steps', 'Steps by kind and status.', ['kind', 'status'])
    this.#jobs = gauge('queue_jobs', 'Jobs by kind and state.', ['kind', 'state'])
    this.#workers = gauge('workers', 'Workers that live.')
    this.#memory = gauge('worker_memory_bytes', 'Resident memory of each worker.', ['host', 'pid'])
    this.#breaker = gauge('model_breaker', 'Circuit breaker of each language model: 0 closed, 1 on trial, 2 open.', [
      'provider',
      'model',
    ])
    this.#connections = gauge(
      'database_connections',
      'Connections of this process: used, idle, and how many wait for one.',
      ['state'],
    )
    this.#mostConnections = gauge('database_connections_max', 'Most connections this process opens.')
  }

  set({ steps, jobs, workers, models, pool }: Standing): void {
    for (const gauge of [this.#steps, this.#jobs, this.#memory, this.#breaker]) gauge.reset()
    for (const { provider, model, state } of models) this.#breaker.set({ provider, model }, openness[state])
    for (const { kind, status, count } of steps) this.#steps.set({ kind, status }, count)
    for (const { kind, state, count } of jobs) this.#jobs.set({ kind, state }, count)
    this.#workers.set(workers.length)
    for (const { identity, memoryBytes } of workers) {
      this.#memory.set({ host: identity.host, pid: String(identity.pid) }, memoryBytes)
    }
    this.#connections.set({ state: 'used' }, pool.totalCount - pool.idleCount)
    this.#connections.set({ state: 'idle' }, pool.idleCount)
    this.#connections.set({ state: 'waiting' }, pool.waitingCount)
    this.#mostConnections.set(pool.options.max)
  }
}

import { expect, it } from 'vitest'
import { isNotReady } from './not-ready.ts'

const failed = (message: string, facts: object = {}) => Object.assign(new Error(message), facts)

it.each([
  failed('terminating connection due to administrator command', { code: '57P01' }),
  failed('the database system is starting up', { code: '57P03' }),
  failed('connect ENOENT /run/pg/.s.PGSQL.5432', { code: 'ENOENT', syscall: 'connect' }),
  failed('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED', syscall: 'connect' }),
  failed('getaddrinfo ENOTFOUND postgres', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }),
  failed('connect EHOSTUNREACH 10.0.0.5:5432', { code: 'EHOSTUNREACH', syscall: 'connect' }),
  failed('Connection terminated unexpectedly'),
  failed('Client has encountered a connection error and is not queryable'),
])('$message: it may be there in a moment', (error) => expect(isNotReady(error)).toBe(true))

it.each([
  failed("ENOENT: no such file or directory, open '/clips/1.mp4'", { code: 'ENOENT', syscall: 'open' }),
  failed('duplicate key value violates unique constraint "steps_pkey"', { code: '23505' }),
  failed('deadlock detected', { code: '40P01' }),
  'Connection terminated',
])('%s: something else', (error) => expect(isNotReady(error)).toBe(false))

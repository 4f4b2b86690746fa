import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { expect, it, vi } from 'vitest'
import type { Tables } from '../../database/tables.ts'
import { claimRequest } from './once.ts'

it('reads no body where there is no key: it may be of many GB', async () => {
  const readBody = vi.fn()
  const request = { headers: {} } as FastifyRequest
  expect(await claimRequest({} as Kysely<Tables>, request, readBody)).toBeNull()
  expect(readBody).not.toHaveBeenCalled()
})

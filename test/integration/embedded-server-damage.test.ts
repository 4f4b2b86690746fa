import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  ask,
  cleanUps,
  endServerOf,
  isAlive,
  isRoot,
  isServing,
  nobody,
  serverPid,
  start,
  temporaryFolder,
  usedFolder,
} from '../support/embedded-life.ts'

describe('a folder that can not be used as it is', () => {
  test("a postmaster.pid from before a reboot, its number a stranger's now, does not keep us out", async () => {
    const folder = await usedFolder()
    const stranger = spawn('sleep', ['600'], isRoot ? { uid: nobody } : {})
    cleanUps.push(() => stranger.kill('SIGKILL'))
    await once(stranger, 'spawn')
    const cluster = join(folder, 'postgresql/cluster')
    const lock = join(cluster, 'postmaster.pid')
    writeFileSync(lock, `${stranger.pid}\n${cluster}\n1700000000\n5432\n/tmp/gone\n\n  1 2\nready   \n`)
    // As the server of then, whatever this process keeps from others (umask).
    const { uid, gid } = statSync(cluster)
    chownSync(lock, uid, gid)
    const server = await start(folder)
    expect(await ask(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    await server.release()
    expect(isAlive(stranger.pid ?? 0)).toBe(true)
  })

  test('an empty postmaster.pid, as a power cut may leave it, does not keep us out', async () => {
    const folder = await usedFolder()
    const lock = join(folder, 'postgresql/cluster/postmaster.pid')
    writeFileSync(lock, '')
    utimesSync(lock, new Date('2026-01-01'), new Date('2026-01-01'))
    const server = await start(folder)
    expect(await ask(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    await server.release()
  })

  test.each([
    ['a truncated control file', (cluster: string) => truncateSync(join(cluster, 'global/pg_control'), 100)],
    [
      'a control file of zeros',
      (cluster: string) => writeFileSync(join(cluster, 'global/pg_control'), Buffer.alloc(8192)),
    ],
    ['no PG_VERSION', (cluster: string) => rmSync(join(cluster, 'PG_VERSION'))],
    ['an empty PG_VERSION', (cluster: string) => truncateSync(join(cluster, 'PG_VERSION'))],
    ['no configuration', (cluster: string) => rmSync(join(cluster, 'postgresql.conf'))],
    ['no journal', (cluster: string) => rmSync(join(cluster, 'pg_wal'), { recursive: true })],
    ['no tables', (cluster: string) => rmSync(join(cluster, 'base'), { recursive: true })],
    ['no cluster', (cluster: string) => rmSync(cluster, { recursive: true })],
    ['no password', (cluster: string) => rmSync(join(cluster, '../password'))],
    ['another password', (cluster: string) => writeFileSync(join(cluster, '../password'), 'guess\n')],
  ])('damage: %s', async (_, damage) => {
    const folder = await usedFolder()
    const cluster = join(folder, 'postgresql/cluster')
    damage(cluster)
    const error = await start(folder).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ code: 'DATABASE_DAMAGED', hint: expect.stringContaining('Restore') })
    expect(isServing(folder)).toBe(false)
    expect(existsSync(join(folder, 'postgresql'))).toBe(true)
  })

  test('damage that the server finds is shown in its own words', async () => {
    const folder = await usedFolder()
    truncateSync(join(folder, 'postgresql/cluster/global/pg_control'), 100)
    await expect(start(folder)).rejects.toMatchObject({
      message: expect.stringContaining('could not read file "global/pg_control"'),
      evidence: { output: expect.stringContaining('PANIC'), exitCode: expect.toSatisfy((code) => code !== 0) },
    })
  })

  test('data of another PostgreSQL version', async () => {
    const folder = await usedFolder()
    writeFileSync(join(folder, 'postgresql/cluster/PG_VERSION'), '17\n')
    await expect(start(folder)).rejects.toMatchObject({
      code: 'DATABASE_VERSION',
      message: expect.stringContaining('PostgreSQL 17'),
    })
  })

  test('a socket folder that others could have put there is not trusted with the password', async () => {
    const folder = await usedFolder()
    const server = await start(folder)
    chmodSync(server.connection.host, 0o777)
    await expect(start(folder)).rejects.toMatchObject({ code: 'DATABASE_LOCKED' })
    chmodSync(server.connection.host, 0o700)
    await server.release()
  })

  test('a server whose socket is out of reach is left alone', async () => {
    const folder = await usedFolder()
    const server = await start(folder)
    const elsewhere = `${server.connection.host}-elsewhere`
    execFileSync('mv', [server.connection.host, elsewhere])
    await expect(start(folder)).rejects.toMatchObject({
      code: 'DATABASE_LOCKED',
      message: expect.stringContaining(String(serverPid(folder))),
    })
    execFileSync('mv', [elsewhere, server.connection.host])
    await server.release()
    expect(serverPid(folder)).toBeUndefined()
  })

  test('no place for a socket: every path too long', async () => {
    const long = join(temporaryFolder(), 'l'.repeat(60))
    mkdirSync(long)
    await expect(start(temporaryFolder(), { socketParents: [long] })).rejects.toMatchObject({
      code: 'SOCKET_FOLDER_UNUSABLE',
      message: expect.stringContaining('too long'),
    })
  })

  test('a long path of the data folder itself does no harm', async () => {
    const long = join(temporaryFolder(), 'l'.repeat(120))
    mkdirSync(long)
    const server = await start(long)
    await server.release()
  })
})

describe('no space', () => {
  function smallDisk(megabytes: number, skip: (reason: string) => never): string {
    if (!isRoot) skip('only root can mount a small disk')
    const folder = temporaryFolder()
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk], { stdio: 'pipe' })
    } catch {
      skip('mounting is not allowed here')
    }
    cleanUps.push(() => {
      endServerOf(disk)
      execFileSync('umount', ['-l', disk])
    })
    return disk
  }

  test('for the first start: nothing half-made stays', async ({ skip }) => {
    const disk = smallDisk(20, skip)
    await expect(start(disk)).rejects.toMatchObject({ code: 'NO_SPACE' })
    expect(readdirSync(disk)).toEqual([])
  })

  test('for a later start: it works again once there is some', async ({ skip }) => {
    const disk = smallDisk(120, skip)
    await (await start(disk)).release()
    const filler = join(disk, 'filler')
    try {
      writeFileSync(filler, Buffer.alloc(120 * 1024 * 1024))
    } catch {
      // full, as wanted
    }
    await expect(start(disk)).rejects.toMatchObject({ code: 'NO_SPACE' })
    rmSync(filler)
    await (await start(disk)).release()
  })
})

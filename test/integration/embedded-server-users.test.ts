import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { canRead } from '../../src/database/server-reach.ts'
import {
  ask,
  cleanUps,
  client,
  copyWithoutInstallScript,
  endServerOf,
  isRoot,
  nameless,
  nobody,
  ordinary,
  packageFolder,
  serverPid,
  start,
  temporaryFolder,
  uidOf,
  usedFolder,
} from '../support/embedded-life.ts'

describe.runIf(isRoot)('as root', () => {
  test('the server is nobody, even in a folder that nobody can reach', async () => {
    const closed = temporaryFolder()
    chmodSync(closed, 0o700)
    const folder = join(closed, 'share/clipwright')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    cleanUps.push(() => endServerOf(folder))
    const server = await start(folder)
    expect(uidOf(serverPid(folder) ?? 0)).toBe(nobody)
    expect(statSync(closed).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'postgresql/password')).uid).toBe(0)
    await ask(server.connection, 'create table kept as select generate_series(1, 10000) as number')
    await ask(server.connection, 'checkpoint')
    await server.release()
    const later = await start(folder)
    expect(await ask(later.connection, 'select count(*)::int as many from kept')).toEqual([{ many: 10_000 }])
    await later.release()
  })

  test('a program that nobody can reach is run from a copy, made once', async () => {
    const closed = temporaryFolder()
    cpSync(packageFolder, join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
    chmodSync(closed, 0o700)
    const copies = temporaryFolder()
    chmodSync(copies, 0o755)
    const options = { packageFolder: join(closed, 'package'), copyParents: [copies] }
    const folder = temporaryFolder()
    await (await start(folder, options)).release()
    const [copy] = readdirSync(copies)
    expect(copy).toMatch(/^postgresql-18\./)
    const made = statSync(join(copies, copy ?? '')).ino
    await (await start(folder, options)).release()
    expect(readdirSync(copies)).toEqual([copy])
    expect(statSync(join(copies, copy ?? '')).ino).toBe(made)
  })

  test('a place for the copy that others can write to is refused', async () => {
    const closed = temporaryFolder()
    cpSync(packageFolder, join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
    const copies = temporaryFolder()
    chmodSync(copies, 0o777)
    await expect(
      start(temporaryFolder(), { packageFolder: join(closed, 'package'), copyParents: [copies] }),
    ).rejects.toMatchObject({
      code: 'EMBEDDED_SERVER_NOT_RUNNABLE',
      message: expect.stringContaining('changed by others'),
    })
  })

  test("an ordinary user's folder stays theirs", async () => {
    const folder = temporaryFolder()
    chownSync(folder, ordinary.uid, ordinary.gid)
    const server = await start(folder)
    expect(uidOf(serverPid(folder) ?? 0)).toBe(ordinary.uid)
    await server.release()
    for (const name of ['', 'cluster', 'password', 'server.log']) {
      expect(statSync(join(folder, 'postgresql', name)).uid).toBe(ordinary.uid)
    }
  })

  test("a nameless user's folder is served by nobody, because initdb wants a name", async () => {
    const folder = temporaryFolder()
    chownSync(folder, nameless, nameless)
    const server = await start(folder)
    expect(uidOf(serverPid(folder) ?? 0)).toBe(nobody)
    await server.release()
  })

  test('a cluster that was copied back by hand is mended', async () => {
    const folder = await usedFolder()
    const cluster = join(folder, 'postgresql/cluster')
    execFileSync('chown', ['-R', '0:0', cluster])
    chmodSync(cluster, 0o755)
    const server = await start(folder)
    expect(await ask(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    await server.release()
  })
})

describe('as an ordinary user', () => {
  const nodeIsReachable = isRoot && canRead(process.execPath, { uid: nobody, gid: nobody }, { run: true })

  test.runIf(nodeIsReachable)('the server is that user', async () => {
    const folder = temporaryFolder()
    chownSync(folder, nobody, nobody)
    const user = client({ dataFolder: folder, uid: nobody })
    await user.comesIn()
    expect(uidOf(serverPid(folder) ?? 0)).toBe(nobody)
    expect(statSync(join(folder, 'postgresql/password')).uid).toBe(nobody)
    await user.releases()
    expect(serverPid(folder)).toBeUndefined()
  })

  test.runIf(nodeIsReachable)("root's database is refused, in words", async () => {
    const folder = await usedFolder()
    chmodSync(folder, 0o755)
    expect(await client({ dataFolder: folder, uid: nobody }).fails()).toMatchObject({
      code: 'DATABASE_FOLDER_UNUSABLE',
    })
  })

  test.runIf(nodeIsReachable)('without a name, what to do is said', async () => {
    const folder = temporaryFolder()
    chownSync(folder, nameless, nameless)
    expect(await client({ dataFolder: folder, uid: nameless }).fails()).toMatchObject({
      code: 'EMBEDDED_SERVER_NOT_RUNNABLE',
      message: expect.stringContaining('/etc/passwd'),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test.runIf(nodeIsReachable)('a package that is not whole and not theirs to mend is used from a copy', async () => {
    const place = temporaryFolder()
    chmodSync(place, 0o755)
    const bare = join(place, 'package')
    copyWithoutInstallScript(bare)
    const folder = temporaryFolder()
    chownSync(folder, nobody, nobody)
    const user = client({ dataFolder: folder, uid: nobody, packageFolder: bare })
    await user.comesIn()
    await user.releases()
    expect(readdirSync(folder).sort()).toEqual(['postgresql', 'programs'])
  })
})

describe('the program', () => {
  test('an install without scripts (no symlinks, no modes) is mended', async () => {
    const bare = join(temporaryFolder(), 'package')
    copyWithoutInstallScript(bare)
    chmodSync(dirname(bare), 0o755)
    expect(existsSync(join(bare, 'native/lib/libpq.so.5'))).toBe(false)
    const server = await start(temporaryFolder(), { packageFolder: bare, copyParents: [] })
    await server.release()
    expect(existsSync(join(bare, 'native/lib/libpq.so.5'))).toBe(true)
    expect(statSync(join(bare, 'native/bin/postgres')).mode & 0o111).not.toBe(0)
  })

  test('a package without the program in it', async () => {
    await expect(start(temporaryFolder(), { packageFolder: temporaryFolder() })).rejects.toMatchObject({
      code: 'EMBEDDED_SERVER_MISSING',
      hint: expect.stringContaining('DATABASE_URL'),
    })
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { readMachine } from './machine.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function machineWith(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'clipwright-machine-'))
  folders.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return readMachine(root)
}

const meminfo = 'MemTotal:        2048000 kB\nMemFree:          100000 kB\nMemAvailable:    1000000 kB\nBuffers: 0 kB\n'

it('knows what the kernel says of memory and pressure', () => {
  const machine = machineWith({
    'proc/meminfo': meminfo,
    'proc/pressure/cpu': 'some avg10=9.14 avg60=32.55 avg300=23.91 total=20410593403\n',
    'proc/pressure/memory':
      'some avg10=3.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=1.50 avg60=0.00 avg300=0.00 total=0\n',
  })
  expect(machine).toMatchObject({ freeMegabytes: 1024, cpuPressure: 0.0914, memoryPressure: 0.015 })
  expect(machine.totalMegabytes).toBeLessThanOrEqual(2097)
})

it('keeps to the limits of its container, and of those around it; what files left in its cache counts as free', () => {
  const machine = machineWith({
    'proc/meminfo': meminfo,
    'proc/self/cgroup': '0::/kubepods/pod7\n',
    'sys/fs/cgroup/kubepods/pod7/memory.max': '800000000\n',
    'sys/fs/cgroup/kubepods/pod7/memory.current': '700000000\n',
    'sys/fs/cgroup/kubepods/pod7/memory.stat': 'anon 300000000\ninactive_file 350000000\nactive_file 50000000\n',
    'sys/fs/cgroup/kubepods/pod7/cpu.max': 'max 100000\n',
    'sys/fs/cgroup/kubepods/pod7/memory.pressure': 'full avg10=12.00 avg60=0.00 avg300=0.00 total=5\n',
    'sys/fs/cgroup/kubepods/memory.max': 'max\n',
    'sys/fs/cgroup/kubepods/cpu.max': '50000 100000\n',
  })
  expect(machine).toMatchObject({ cores: 0.5, totalMegabytes: 800, freeMegabytes: 450, memoryPressure: 0.12 })
})

it('says nothing of what a system does not tell', () => {
  const machine = machineWith({ 'proc/self/cgroup': '0::/../../outside\n' })
  expect(machine).toMatchObject({ freeMegabytes: null, cpuPressure: null, memoryPressure: null })
  expect(machine.cores).toBeGreaterThan(0)
  expect(machine.totalMegabytes).toBeGreaterThan(0)
})

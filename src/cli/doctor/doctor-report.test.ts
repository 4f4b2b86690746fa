import { expect, test } from 'vitest'
import { createPaint } from '../terminal/create-paint.ts'
import { type DoctorCheck, doctorJson, doctorReport, overallStatus } from './doctor-report.ts'

const node: DoctorCheck = { name: 'Node', status: 'ok', found: '24.21.0', mend: null }
const ffmpeg: DoctorCheck = {
  name: 'ffmpeg',
  status: 'warn',
  found: '4.1 of 2018, from npm',
  mend: 'Install a newer one: apt install ffmpeg',
}
const disk: DoctorCheck = { name: 'Disk', status: 'fail', found: '12 MB free', mend: 'Free at least 2 GB.' }

const report = (checks: DoctorCheck[]) =>
  doctorReport(checks, { paint: createPaint(false) })
    .trimEnd()
    .split('\n')

test('marks, columns and mends', () => {
  expect(report([node, ffmpeg, disk])).toEqual([
    '✓ Node    24.21.0',
    '! ffmpeg  4.1 of 2018, from npm',
    '          → Install a newer one: apt install ffmpeg',
    '✗ Disk    12 MB free',
    '          → Free at least 2 GB.',
    '',
    'One thing must be mended before clips can be made.',
  ])
})

test('long lines break between words, under where they began', () => {
  expect(
    doctorReport([ffmpeg], { paint: createPaint(false), columns: 36 })
      .split('\n')
      .slice(0, 3),
  ).toEqual(['! ffmpeg  4.1 of 2018, from npm', '          → Install a newer one: apt', '            install ffmpeg'])
})

test('commands are named as they are called', () => {
  const none = { ...node, mend: 'Get one: `clipwright models list`' }
  expect(doctorReport([none], { paint: createPaint(false), command: 'npx clipwright' })).toContain(
    'Get one: `npx clipwright models list`',
  )
})

test('the sum', () => {
  expect(report([node]).at(-1)).toBe('Ready to make clips.')
  expect(report([node, ffmpeg, ffmpeg]).at(-1)).toBe('Ready. 2 things could be better.')
  expect([[node], [node, ffmpeg], [disk, ffmpeg]].map(overallStatus)).toEqual(['ok', 'warn', 'fail'])
})

test('colour only where asked for, and paths can not steer the terminal', () => {
  expect(doctorReport([disk], { paint: createPaint(true) })).toContain('\u001b[31m✗\u001b[39m Disk  12 MB free\n')
  expect(report([{ ...node, found: '/bin/\u001b[2J\nnode' }])[0]).toBe('✓ Node  /bin/␛[2J␊node')
})

test('for programs', () => {
  expect(doctorJson([node, disk])).toEqual({ status: 'fail', checks: [node, disk] })
})

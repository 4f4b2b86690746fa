import { describe, expect, it } from 'vitest'
import { parseToolVersion } from './parse-tool-version.ts'

const debian = `ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers
built with gcc 12 (Debian 12.2.0-14+deb12u1)
configuration: --prefix=/usr --extra-version=0+deb12u1 --libdir=/usr/lib/x86_64-linux-gnu --incdir=/usr/include --enable-gpl --enable-libass
libavutil      57. 28.100 / 57. 28.100`

describe('parseToolVersion', () => {
  it('reads version and year of a distribution build', () => {
    expect(parseToolVersion('ffmpeg', debian)).toMatchObject({ version: '5.1.9-0+deb12u1', year: 2026 })
  })

  it('reads the static build from npm', () => {
    const output =
      'ffmpeg version N-47683-g0e8eb07980-static https://johnvansickle.com/ffmpeg/  Copyright (c) 2000-2018 the FFmpeg developers'
    expect(parseToolVersion('ffmpeg', output)).toMatchObject({ version: 'N-47683-g0e8eb07980-static', year: 2018 })
  })

  it('calls the same build elsewhere the same, and another build another', () => {
    const moved = debian
      .replace('--prefix=/usr ', '--prefix=/opt/ffmpeg ')
      .replace('--libdir=/usr/lib/', '--libdir=/opt/lib/')
    const build = parseToolVersion('ffmpeg', debian)?.build
    expect(parseToolVersion('ffmpeg', moved)?.build).toBe(build)
    expect(parseToolVersion('ffmpeg', debian.replace(' --enable-libass', ''))?.build).not.toBe(build)
  })

  it('knows no year where none is given', () => {
    expect(parseToolVersion('ffprobe', 'ffprobe version 8.0')).toMatchObject({ version: '8.0', year: null })
  })

  it('refuses another program', () => {
    expect(parseToolVersion('ffmpeg', 'GNU bash, version 5.2.15')).toBeNull()
    expect(parseToolVersion('ffprobe', debian)).toBeNull()
    expect(parseToolVersion('ffmpeg', '')).toBeNull()
  })
})

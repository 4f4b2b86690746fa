import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Speaker } from './screenplay.ts'
import { sampleRate, type Talk } from './speech.ts'

/** Quieter than the −14 LUFS of most platforms, so that there is something to put right. */
const targetLoudness = -19

/** espeak-ng is thin and sharp: add body, take the edge off, even the words out a little. */
const sound = {
  Nora: 'highpass=f=110,equalizer=f=230:t=q:w=0.9:g=3,equalizer=f=3300:t=q:w=1.1:g=-5,lowpass=f=7600',
  Felix: 'highpass=f=75,equalizer=f=160:t=q:w=0.9:g=3.5,equalizer=f=2700:t=q:w=1.1:g=-4,lowpass=f=7200',
} satisfies Record<Speaker, string>

const evenOut = 'acompressor=threshold=-24dB:ratio=2:attack=8:release=160:knee=6'
const smallRoom = 'aecho=0.95:0.9:13|23|37:0.10|0.07|0.04'
const nightAir = 'anoisesrc=colour=pink:seed=7:amplitude=0.0011:sample_rate=44100'

/** Both tracks with the sound of one small room, as one WAV file. */
export function mixTalk(talk: Talk, folder: string): string {
  const loose = join(folder, 'mix.wav')
  const nora = writeTrack(talk.tracks.Nora, join(folder, 'nora.f32'))
  const felix = writeTrack(talk.tracks.Felix, join(folder, 'felix.f32'))
  const graph = [
    `[0]${sound.Nora},${evenOut}[nora]`,
    `[1]${sound.Felix},${evenOut}[felix]`,
    `[nora][felix]amix=inputs=2:normalize=0,${smallRoom},aresample=44100[talk]`,
    `${nightAir},lowpass=f=3000,atrim=duration=${talk.duration}[air]`,
    '[talk][air]amix=inputs=2:duration=first:normalize=0,aformat=sample_fmts=fltp',
  ].join(';')
  ffmpeg(...rawInput(nora), ...rawInput(felix), '-filter_complex', graph, '-c:a', 'pcm_f32le', loose)

  const mixed = join(folder, 'talk.wav')
  const level = `volume=${(targetLoudness - loudnessOf(loose)).toFixed(2)}dB,alimiter=limit=0.55:level=disabled:attack=2`
  ffmpeg('-i', loose, '-af', level, '-c:a', 'pcm_s16le', mixed)
  return mixed
}

function writeTrack(track: Float32Array, path: string): string {
  writeFileSync(path, new Uint8Array(track.buffer))
  return path
}

const rawInput = (path: string) => ['-f', 'f32le', '-ar', `${sampleRate}`, '-ac', '1', '-i', path]

function loudnessOf(path: string): number {
  const printed = ffmpeg(
    '-i',
    path,
    '-af',
    'ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-',
    '-f',
    'null',
    '-',
  )
  return Number([...printed.matchAll(/lavfi\.r128\.I=(-?[\d.]+)/g)].at(-1)![1])
}

function ffmpeg(...args: string[]): string {
  const quiet = ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', '-fflags', '+bitexact']
  return execFileSync('ffmpeg', [...quiet, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })
}

// Run by hand (`node examples/make-demo.ts`) after a change to the screenplay, the voices or the pictures of the demo.
// Needs espeak-ng and ffmpeg on the PATH; takes a few minutes and always makes the same recording.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shootFilm } from './make-demo/film.ts'
import { mixTalk } from './make-demo/mix.ts'
import { readScreenplay } from './make-demo/screenplay.ts'
import { speak } from './make-demo/speech.ts'
import { toGroundTruth, toWebVtt } from './make-demo/transcript.ts'

const demo = fileURLToPath(new URL('night-bakery', import.meta.url))
const workFolder = mkdtempSync(join(tmpdir(), 'make-demo-'))
try {
  console.log('Speaking …')
  const talk = speak(readScreenplay(new URL('make-demo/screenplay.txt', import.meta.url)))
  writeFileSync(`${demo}.vtt`, toWebVtt(talk))
  writeFileSync(`${demo}.words.json`, toGroundTruth(talk))

  console.log('Mixing …')
  const sound = mixTalk(talk, workFolder)

  console.log(`Filming ${talk.duration} seconds …`)
  await shootFilm(talk, sound, `${demo}.mp4`)
} finally {
  rmSync(workFolder, { recursive: true, force: true })
}

import { execFile } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namesIn } from '../../support/files-of.ts'
import { makeVideo } from '../../support/make-media.ts'
import { type CliResult, type Home, openHome, patient, refusalOf } from '../../support/run-cli.ts'

let home: Home
/** Five seconds, upright, so that nothing but the captions has to be drawn. */
let talk: string
beforeAll(async () => {
  home = await openHome()
  talk = await makeVideo({ seconds: 5, width: 90, height: 160, rate: 10 })
  // Clips of the same words at the same times are taken from this one.
  await clipWith(plain)
})
afterAll(async () => {
  expect(await home.remains()).toEqual([])
  await home.close()
})

const plain =
  '1\n00:00:00,300 --> 00:00:02,400\nNine podcasts at the café stop early.\n\n' +
  '2\n00:00:02,500 --> 00:00:04,700\nPlan ten “episodes” before the first!\n'
const words = 'Nine podcasts at the café stop early. Plan ten “episodes” before the first!'

async function clipWith(transcript: string | Uint8Array, name = 'words.srt'): Promise<CliResult & { desk: string }> {
  const desk = await home.makeDesk()
  await writeFile(join(desk, name), transcript)
  const result = await home.clip([talk, '--min', '3', '--count', '1', '--transcript', join(desk, name)], { cwd: desk })
  return { ...result, desk }
}

/** What was understood of a transcript. */
function outcomeOf({ status, json }: CliResult) {
  const [moment] = json.moments ?? []
  return { status, text: moment?.text, clip: moment?.clip.status, reused: moment?.clip.reused }
}

const inWindows1252 = (text: string) => Buffer.from(text.replaceAll('“', '\u0093').replaceAll('”', '\u0094'), 'latin1')

describe.concurrent('a transcript as real tools write it gives the very same clip', patient, () => {
  it.for<[string, string | Uint8Array]>([
    ['Windows line ends', plain.replaceAll('\n', '\r\n')],
    ['old Mac line ends', plain.replaceAll('\n', '\r')],
    ['a byte order mark', `\ufeff${plain}`],
    ['UTF-16', Buffer.from(`\ufeff${plain}`, 'utf16le')],
    ['Latin-1', inWindows1252(plain)],
    ['no numbers', plain.replace(/^\d\n/gm, '')],
    ['no blank lines', plain.replaceAll('\n\n', '\n')],
    ['dots in its times', plain.replace(/(\d),(\d)/g, '$1.$2')],
    [
      'HTML tags and codes',
      plain.replace('Nine', '<font color="#fff"><i>Nine</i>').replace('Plan', '{\\an8}<b>Plan</b>'),
    ],
    ['cues out of order', plain.split('\n\n').toReversed().join('\n\n')],
    ['a cue twice', `${plain}\n3\n00:00:02,500 --> 00:00:04,700\nPlan ten “episodes” before the first!\n`],
    [
      'cue settings of WebVTT',
      `WEBVTT - made by hand\n\nNOTE nobody reads this\n\nSTYLE\n::cue { color: red }\n\n${plain
        .replace(/(\d),(\d)/g, '$1.$2')
        .replaceAll(/( --> \S+)/g, '$1 align:start position:10% line:0')}`,
    ],
    [
      'JSON with nulls',
      JSON.stringify({
        language: null,
        segments: [
          null,
          {
            id: null,
            start: 0.3,
            end: 2.4,
            text: ' Nine podcasts at the café stop early.',
            words: null,
            avg_logprob: null,
          },
          { start: null, end: null, text: null, words: null },
          { start: 2.5, end: 4.7, text: 'Plan ten “episodes” before the first!', speaker: null },
        ],
      }),
    ],
  ])('%s', async ([, transcript]) => {
    expect(outcomeOf(await clipWith(transcript))).toEqual({ status: 0, text: words, clip: 'done', reused: true })
  })
})

describe.concurrent('a transcript with mistakes is mended, and the mending is told', patient, () => {
  it.for<[string, string, string, string | RegExp]>([
    [
      'cues that overlap',
      plain.replace('00:00:02,400', '00:00:03,900'),
      words,
      'Cue that ran into the next one was cut: 0:00.',
    ],
    [
      'times that run backwards',
      plain.replace('00:00:02,500 --> 00:00:04,700', '00:00:02,500 --> 00:00:01,000'),
      words,
      'Cue that ends before it begins got a length by its words: 0:02.',
    ],
    [
      'a cue of ten hours',
      plain.replace('00:00:04,700', '10:00:04,700'),
      words,
      /^Cue far too long for its words was shortened: 0:02\.$/,
    ],
    [
      'more than the recording holds',
      `${plain}\n3\n00:00:07,000 --> 00:00:09,000\nNobody hears this.\n`,
      words,
      'Cue beyond the end of the recording dropped: 0:07.',
    ],
    [
      'times that cannot be read',
      `${plain}\n3\n0x:00:00 --> 0:0y:04\nLost.\n`,
      words,
      'Times cannot be read, cue skipped: line 10.',
    ],
  ])('%s', async ([, transcript, text, warning]) => {
    const result = await clipWith(transcript)
    expect(outcomeOf(result)).toMatchObject({ status: 0, text, clip: 'done' })
    expect(result.json.transcript?.warnings).toEqual([
      typeof warning === 'string' ? warning : expect.stringMatching(warning),
    ])
  })

  it('voices of WebVTT are speakers', async () => {
    const result = await clipWith(
      'WEBVTT\n\n1\n00:00.300 --> 00:02.400 align:start\n<v Ann Lee>Nine podcasts at the <i>café</i> stop early.\n\n' +
        '2\n00:02.500 --> 00:04.700 line:0\n<v.loud Bob>Plan ten “episodes” before the first!</v>\n',
      'words.vtt',
    )
    expect(outcomeOf(result)).toMatchObject({ status: 0, text: words, clip: 'done' })
    expect(result.json.transcript).toMatchObject({ origin: { format: 'vtt' }, segments: 2, warnings: [] })
  })
})

describe.concurrent('what is no transcript is refused in a sentence, and nothing is left', patient, () => {
  const readable =
    'Readable are SRT, WebVTT, and JSON of Whisper, WhisperX, AssemblyAI, Deepgram or Podcasting 2.0. Correct the file, remove it, or name another one with --transcript.'

  it.for<[string, (path: string) => Promise<unknown>, { code?: string; message: string; hint?: string }]>([
    [
      'nothing',
      async () => undefined,
      {
        code: 'TRANSCRIPT_NOT_FOUND',
        message: "The transcript PATH can't be opened: it is not there.",
        hint: 'Check the spelling of the path, and that you may read the file.',
      },
    ],
    ['a folder', (path) => mkdir(path), { message: 'words.srt is a folder, not a file.' }],
    ['a pipe', (path) => promisify(execFile)('mkfifo', [path]), { message: 'words.srt is not an ordinary file.' }],
    ['an empty file', (path) => writeFile(path, '\n \n'), { message: 'PATH is empty.' }],
    [
      'a video',
      async (path) => copyFile(await makeVideo({ seconds: 2 }), path),
      { message: 'PATH is not a text file.' },
    ],
    ['plain text', (path) => writeFile(path, 'Nine podcasts stop.\n'), { message: 'PATH has no timed text in it.' }],
    [
      'other JSON',
      (path) => writeFile(path, '{"name":"clipwright","version":"1"}'),
      { message: 'PATH is JSON, but not of a transcript shape we know.' },
    ],
    [
      'one caption without end',
      (path) => writeFile(path, `1\n00:00:00,000 --> 00:00:05,000\n${'word '.repeat(400_000)}\n`),
      { message: 'PATH has a caption (line 2) of more than 100,000 letters.' },
    ],
    [
      'more words than there is time for',
      (path) => writeFile(path, `1\n00:00:00,000 --> 00:00:05,000\n${'word '.repeat(1000)}\n`),
      { message: 'The transcript gives most of its text no time to be said in; its times are broken.' },
    ],
    [
      'the one of another recording',
      (path) => writeFile(path, plain.replaceAll('00:00:0', '00:10:0')),
      {
        code: 'TRANSCRIPT_DOES_NOT_FIT',
        message:
          'The transcript does not belong to this recording: it runs to 10:02, the recording ends at 0:05, and 100 % of the text lies beyond that.',
        hint: 'Name the transcript of this very recording with --transcript, or correct the times of the file.',
      },
    ],
  ])('%s', async ([, make, { code = 'TRANSCRIPT_UNREADABLE', message, hint = readable }]) => {
    const desk = await home.makeDesk()
    const path = join(desk, 'words.srt')
    await make(path)
    const before = await namesIn(desk)
    const result = await home.clip([talk, '--transcript', path], { cwd: desk })
    expect(refusalOf(result)).toEqual({ status: 4, code, message: message.replace('PATH', path), hint })
    expect(await namesIn(desk)).toEqual(before)
  })

  it('none at all: three ways out, and a status of its own', async () => {
    const desk = await home.makeDesk()
    const path = join(desk, 'talk.mp4')
    await copyFile(talk, path)
    const refusal = refusalOf(await home.clip([path], { cwd: desk }))
    expect(refusal).toMatchObject({
      status: 3,
      code: 'TRANSCRIPT_MISSING',
      message: 'No transcript was found for talk.mp4, and words are never made up.',
    })
    expect(refusal.hint?.split('\n')).toEqual([
      'Any of these helps, and what was found so far is kept:',
      expect.stringMatching(/^Give it a transcript you have: `clipwright transcript import .*talk\.mp4'? FILE`, or /),
      expect.stringMatching(/^Put talk\.srt, talk\.vtt, talk\.json or /),
      expect.stringMatching(/^Let this machine listen: `clipwright models download /),
      expect.stringMatching(/^Set OPENAI_API_KEY or /),
      'Add --without-words to choose by sound and picture alone.',
    ])
    expect(await namesIn(desk)).toEqual(['talk.mp4'])
  })

  it('none, and no sound either', async () => {
    const desk = await home.makeDesk()
    const path = join(desk, 'talk.mp4')
    await copyFile(await makeVideo({ seconds: 2, audio: 'none' }), path)
    expect(refusalOf(await home.clip([path], { cwd: desk }))).toMatchObject({
      status: 3,
      code: 'TRANSCRIPT_MISSING',
      message: 'talk.mp4 has no sound and no transcript, so there are no words to go by.',
    })
  })
})

const noSpeech =
  'There is no speech in this recording, so there is nothing to choose from; --without-words chooses by sound and picture.'

describe.concurrent('a transcript in which nobody speaks', patient, () => {
  it.for<[string, string, string]>([
    ['no cues', 'WEBVTT\n', noSpeech],
    ['only sounds', 'WEBVTT\n\n00:00.000 --> 00:04.000\n[music]\n', noSpeech],
  ])('%s: no moments, and why', async ([, transcript, reason]) => {
    const { status, json, desk } = await clipWith(transcript)
    expect({ status, moments: json.moments, shortfall: json.shortfall }).toEqual({
      status: 7,
      moments: [],
      shortfall: reason,
    })
    const [out] = (await namesIn(desk)).filter((name) => name.endsWith('-clips'))
    expect(await namesIn(join(desk, out ?? ''))).toEqual(['moments.json', 'report.html'])
  })

  it('is told to a person with the reason', async () => {
    const desk = await home.makeDesk()
    await writeFile(join(desk, 'words.vtt'), 'WEBVTT\n')
    const { status, stdout } = await home.clipAsPerson([talk, '--transcript', join(desk, 'words.vtt')], { cwd: desk })
    expect(status).toBe(7)
    expect(stdout).toContain('No moments found.\nThere is no speech in this recording')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namesIn } from '../../support/files-of.ts'
import { makeVideo } from '../../support/make-media.ts'
import { type Home, openHome, patient, refusalOf } from '../../support/run-cli.ts'

let home: Home
let talk: string
beforeAll(async () => {
  home = await openHome()
  talk = await makeVideo({ seconds: 2 })
})
afterAll(() => home.close())

const help = '`clipwright clip --help` lists what can be given.'

describe.concurrent('a command that makes no sense', patient, () => {
  it.for([
    ['an unknown mode', ['--mode', 'best'], '--mode must be one of viral, highlights, summary, query, chapters.'],
    [
      'a shortest clip longer than the longest',
      ['--min', '30', '--max', '20'],
      '--min must not be greater than --max.',
    ],
    ['an option that does not exist', ['--cuont', '3'], "Unknown option '--cuont'. Did you mean --count?"],
    [
      'several wrong options, all named',
      ['--mode', 'best', '--count', '0', '--min', 'x', '--aspect', '2:1', '--captions', 'loud'],
      '--mode must be one of viral, highlights, summary, query, chapters. --count must be at least 1. --min must be a number. ' +
        '--aspect must be one of 9:16, 1:1, 4:5, 16:9. --captions must be one of pop, karaoke, box, underline, lower-third, big, speakers, podcast, none.',
    ],
  ] as const)('%s', async ([, options, message]) => {
    const desk = await home.makeDesk()
    const refusal = refusalOf(await home.clip([talk, ...options], { cwd: desk }))
    expect(refusal).toEqual({ status: 2, code: 'WRONG_USAGE', message, hint: help })
    expect(await namesIn(desk)).toEqual([])
  })

  it('a link that nobody fetches', async () => {
    expect(refusalOf(await home.clip(['ftp://example.com/talk.mp4']))).toEqual({
      status: 2,
      code: 'WRONG_USAGE',
      message: 'The recording is a link of the kind "ftp"; only https and http are fetched. Name a file by its path.',
      hint: help,
    })
  })

  it('settings of the surroundings that make no sense, all named', async () => {
    const env = { MAX_CONCURRENT_JOBS: 'many', LOG_LEVEL: 'loud' }
    const refusal = refusalOf(await home.clip([talk], { env }))
    expect(refusal).toMatchObject({ status: 2, code: 'SETTINGS_INVALID' })
    expect(refusal.message).toContain('MAX_CONCURRENT_JOBS')
    expect(refusal.message).toContain('LOG_LEVEL')
  })

  it('is told to a person in two lines on standard error', async () => {
    const { status, stdout, stderr } = await home.clipAsPerson([talk, '--mode', 'best'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe(
      `✗ --mode must be one of viral, highlights, summary, query, chapters. [WRONG_USAGE]\n  → ${help}\n`,
    )
  })
})

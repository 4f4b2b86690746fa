import type { AppError, Evidence } from '../../../domain/app-error.ts'
import { PageNotReady, PageRefused, PageUnreachable, YtDlpFailed, YtDlpOutdated } from './yt-dlp-errors.ts'

type Explain = (url: string, evidence: Evidence) => AppError

const refused = (why: ConstructorParameters<typeof PageRefused>[1]['why']): Explain => {
  return (url, evidence) => new PageRefused(url, { why, evidence })
}
const unreachable = (problem: string): Explain => {
  return (url, evidence) => new PageUnreachable(url, { problem, evidence })
}

/** What yt-dlp's messages mean, most telling first: one message may hold several of these. */
const meanings: readonly (readonly [RegExp, Explain])[] = [
  [
    /live event will begin|premieres? (?:in|will begin)|has not started|not yet available/i,
    (url) => new PageNotReady(url, 'upcoming'),
  ],
  [
    /This live stream recording is not available|is still being processed/i,
    (url) => new PageNotReady(url, 'processing'),
  ],
  [/\bDRM\b/, refused('protected')],
  [/confirm your age|age.?restricted|inappropriate for some users/i, refused('age')],
  [
    /members.only|join this channel|subscribers? only|requires? (?:payment|purchase|a subscription)|premium (?:members|users)/i,
    refused('members'),
  ],
  [/private (?:video|track|playlist)|(?:video|track) is private/i, refused('private')],
  [
    /(?:not|n't) (?:available|made this video available) (?:in|from) your (?:country|location|region)|geo.?restrict|geo.?block/i,
    refused('country'),
  ],
  [
    /confirm you.re not a bot|HTTP Error 429|Too Many Requests|rate.?limit/i,
    unreachable('its site asks to be left alone for a while'),
  ],
  [
    /nsig extraction failed|Requested format is not available|Unable to extract|signature extraction|player response/i,
    (url, evidence) => new YtDlpOutdated(url, evidence),
  ],
  [
    /Unsupported URL|No video formats found|no video could be found|There.s no video|No media found/i,
    refused('unsupported'),
  ],
  [
    /video (?:is )?(?:unavailable|has been removed|does not exist|no longer)|account.{0,60}terminated|HTTP Error (?:404|410)|removed by the uploader/i,
    refused('gone'),
  ],
  [/sign in|log ?in|login required|cookies/i, refused('login')],
  [/HTTP Error 403/i, (url, evidence) => new YtDlpOutdated(url, evidence)],
  [
    /HTTP Error 5\d\d|timed? ?out|getaddrinfo|name resolution|Connection (?:refused|reset|aborted)|Network is unreachable|Tunnel connection failed|IncompleteRead|RemoteDisconnected/i,
    unreachable('there was no answer'),
  ],
]

/** What went wrong, by the errors yt-dlp wrote; evidence is as it was, without the link. */
export function explainFailure(url: string, evidence: Evidence): AppError {
  const errors = (evidence.output ?? '').split('\n').filter((line) => line.startsWith('ERROR:'))
  const said = errors.join('\n')
  const known = meanings.find(([pattern]) => pattern.test(said))
  if (known) return known[1](url, evidence)
  const last = errors
    .at(-1)
    ?.replace(/^ERROR:\s*/, '')
    .replace(/^\[[^\]]*\]\s*/, '')
    .replace(/\.$/, '')
    .slice(0, 200)
  return new YtDlpFailed(url, {
    problem: last ?? `it ended with ${evidence.exitCode ?? evidence.signal ?? 'an error'}`,
    retry: 'never',
    evidence,
  })
}

import { expect, it } from 'vitest'
import { explainFailure } from './explain-failure.ts'

// Messages as yt-dlp writes them.
it.each([
  [
    "ERROR: [youtube] abc: Private video. Sign in if you've been granted access to this video",
    'PAGE_REFUSED',
    'private',
  ],
  [
    'ERROR: [youtube] abc: Sign in to confirm your age. This video may be inappropriate for some users.',
    'PAGE_REFUSED',
    'adults',
  ],
  [
    'ERROR: [youtube] abc: Sign in to confirm you’re not a bot. Use --cookies-from-browser',
    'PAGE_UNREACHABLE',
    'left alone',
  ],
  ['ERROR: [youtube] abc: The uploader has not made this video available in your country', 'PAGE_REFUSED', 'country'],
  [
    'ERROR: [vimeo] 1: This video is not available from your location due to geo restriction',
    'PAGE_REFUSED',
    'country',
  ],
  [
    'ERROR: [youtube] abc: Join this channel to get access to members-only content like this video',
    'PAGE_REFUSED',
    'members',
  ],
  ['ERROR: [youtube] abc: This live event will begin in 2 hours.', 'PAGE_NOT_READY', 'not begun'],
  ['ERROR: [youtube] abc: Premieres in 31 minutes', 'PAGE_NOT_READY', 'not begun'],
  ['ERROR: [youtube] abc: Video unavailable. This video has been removed by the uploader', 'PAGE_REFUSED', 'not there'],
  ['ERROR: Unsupported URL: https://example.org/', 'PAGE_REFUSED', 'no recording'],
  [
    'ERROR: [generic] Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError 404: Not Found>)',
    'PAGE_REFUSED',
    'not there',
  ],
  ['ERROR: [generic] Unable to download webpage: HTTP Error 429: Too Many Requests', 'PAGE_UNREACHABLE', 'left alone'],
  [
    'ERROR: [generic] Unable to download webpage: <urlopen error [Errno -3] Temporary failure in name resolution>',
    'PAGE_UNREACHABLE',
    'no answer',
  ],
  ['ERROR: unable to download video data: HTTP Error 403: Forbidden', 'YTDLP_OUTDATED', 'any more'],
  [
    'WARNING: [youtube] nsig extraction failed\nERROR: [youtube] abc: Requested format is not available',
    'YTDLP_OUTDATED',
    'any more',
  ],
  ['ERROR: [spotify] x: This site uses DRM', 'PAGE_REFUSED', 'DRM'],
  ['ERROR: [twitch:vod] 1: You must be logged in to view this video. Log in', 'PAGE_REFUSED', 'signed in'],
  ['ERROR: something new happened.', 'YTDLP_FAILED', 'something new happened'],
  ['', 'YTDLP_FAILED', 'ended with 2'],
])('%s', (output, code, part) => {
  const error = explainFailure('https://example.org/watch?v=secret', { output, exitCode: 2 })
  expect(error).toMatchObject({ code, message: expect.stringContaining(part) })
  expect(error.message).not.toContain('secret')
})

it.each([
  ['ERROR: [youtube] abc: This live event will begin in 2 hours.', 'later'],
  ['ERROR: HTTP Error 503: Service Unavailable', 'later'],
  ['ERROR: [youtube] abc: Private video', 'never'],
])('knows whether trying again helps after %s', (output, retry) => {
  expect(explainFailure('https://example.org/', { output })).toMatchObject({ retry })
})

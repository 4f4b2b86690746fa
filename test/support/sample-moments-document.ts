import type { MomentsDocumentInput } from '../../src/pipeline/conclude/write-moments-document.ts'

type SampleMoment = MomentsDocumentInput['moments'][number]

const stories = [
  {
    start: 843.2,
    end: 884.9,
    score: 0.91,
    genre: 'story' as const,
    title: 'The night the whole archive was gone',
    text: 'So it is three in the morning and I type the one command you must never type. And I watch nine years of recordings disappear, folder by folder. I did not even stop it. I just sat there. Do you know what saved us? A broken backup script that had copied everything to the wrong machine.',
    reasons: [
      { feature: 'hook', text: 'Opens with a scene: a time, a place, a mistake', weight: 0.31 },
      { feature: 'questionAnswer', text: 'A question is asked and answered inside the clip', weight: 0.22 },
      { feature: 'emotion', text: 'Strong words of loss and relief', weight: 0.17 },
      { feature: 'position', text: 'Late in the first half, where few people still listen', weight: -0.04 },
    ],
  },
  {
    start: 2210,
    end: 2243.5,
    score: 0.84,
    genre: 'advice' as const,
    title: 'Ask one question before you buy a microphone',
    text: 'Before you spend four hundred on a microphone, clap once. If you hear the room, the microphone is not your problem. Hang a blanket, clap again, and keep the money.',
    reasons: [
      { feature: 'specifics', text: 'Names a number and a thing to do', weight: 0.28 },
      { feature: 'novelty', text: 'Says something the rest of the recording does not', weight: 0.15 },
    ],
  },
  {
    start: 402.7,
    end: 428.1,
    score: 0.72,
    genre: 'humour' as const,
    title: 'Why the guest always arrives with a dog',
    text: 'Every single remote guest has a dog, and the dog has opinions about my questions. (laughter) The dog is right, mostly.',
    reasons: [{ feature: 'reaction', text: 'Both speakers laugh', weight: 0.34 }],
  },
  {
    start: 3105,
    end: 3148,
    score: 0.58,
    genre: 'debate' as const,
    title: 'Is editing lying? Two hosts disagree',
    text: 'If you cut the pause, you cut the doubt. No, you cut the bus that went by. Those are not the same pause!',
    reasons: [{ feature: 'exchange', text: 'Six turns between the speakers in forty seconds', weight: 0.26 }],
  },
]

/** Eight clips need more than the four stories: the later ones are the same told later. */
export function sampleMomentsInput(count = 4): MomentsDocumentInput {
  return {
    recording: {
      name: 'The Long Pause – episode 41.mp4',
      path: '/home/ana/recordings/The Long Pause – episode 41.mp4',
      duration: 3725.44,
      hash: 'b3a1c0ffee',
      video: { width: 1920, height: 1080 },
    },
    run: {
      id: '7f3c',
      mode: 'highlights',
      count,
      min: 15,
      max: 45,
      aspect: '9:16',
      captions: 'pop',
      startedAt: '2026-03-01T12:30:00.000Z',
    },
    detector: { rung: 'ranker', name: 'hand-set', version: '1' },
    transcript: {
      origin: { kind: 'sidecar', name: 'The Long Pause – episode 41.srt', format: 'srt' },
      language: 'en',
      segments: 812,
      warnings: [],
    },
    detection: { curve: sampleCurve(3725), shortfall: null },
    moments: Array.from({ length: count }, (_, index) => sampleMoment(index)),
    warnings: [],
  }
}

export function sampleMoment(index: number): SampleMoment {
  const story = stories[index % stories.length]
  if (story === undefined) throw new Error('there are stories')
  const later = Math.floor(index / stories.length) * 61
  const { start, end } = { start: story.start + later, end: story.end + later }
  const rank = index + 1
  return {
    moment: {
      rank,
      start,
      end,
      score: Math.max(0.05, story.score - 0.1 * Math.floor(index / stories.length)),
      confidence: 0.66,
      genre: story.genre,
      title: story.title,
      text: story.text,
      firstSegment: 10 * rank,
      lastSegment: 10 * rank + 5,
      features: { hook: 0.8, emotion: 0.61, novelty: 0.4 },
      reasons: story.reasons,
      detector: { rung: 'ranker', name: 'hand-set', version: '1' },
    },
    clip: {
      status: 'done',
      version: 1,
      ranges: [{ start, end }],
      framing: [{ start, end, kind: 'crop', reason: 'One face stays left of the middle' }],
      reused: false,
      file: `clip-${rank}.mp4`,
      thumbnail: `clip-${rank}.jpg`,
      srt: `clip-${rank}.srt`,
      vtt: `clip-${rank}.vtt`,
      width: 1080,
      height: 1920,
      duration: end - start,
      sizeBytes: 6_412_300,
      loudness: -14.1,
    },
  }
}

/** The same moment, but its clip failed. */
export function sampleFailedMoment(index: number): SampleMoment {
  const { moment, clip } = sampleMoment(index)
  return {
    moment,
    clip: {
      status: 'failed',
      version: 1,
      ranges: clip.ranges,
      framing: [],
      reused: false,
      error: {
        code: 'FFMPEG_FAILED',
        message: 'ffmpeg could not cut this clip.',
        hint: 'Look at the last lines below; often the disk is full or the recording is damaged there.',
        retry: 'later',
        evidence: {
          command: 'ffmpeg -ss 402.7 -i talk.mp4 …',
          exitCode: 187,
          output: 'Error writing trailer of out.mp4: No space left on device',
          durationSeconds: 4.2,
        },
      },
    },
  }
}

/** Hills around the moments over a low ripple, one value a second. */
function sampleCurve(seconds: number) {
  const hill = (t: number, at: number, height: number) => height * Math.exp(-(((t - at) / 90) ** 2))
  const values = Array.from({ length: seconds }, (_, t) => {
    const hills = stories.reduce((sum, story) => sum + hill(t, (story.start + story.end) / 2, story.score - 0.2), 0)
    return Math.min(1, 0.16 + 0.05 * Math.sin(t / 37) + 0.04 * Math.sin(t / 11) + hills)
  })
  return { step: 1, values }
}

// Generated from the routes of src/http by scripts/generate-api-client.ts; changed there, not here.

export interface Paths {
  '/health/live': {
    /**
     * Whether the process lives
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              status: 'ok'
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/health/ready': {
    /**
     * Whether it can work
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              status: 'ok' | 'degraded' | 'broken'
              version: string
              parts: {
                name: string
                status: 'ok' | 'degraded' | 'broken'
                says: string
              }[]
            }
          }
        }
        503: {
          content: {
            'application/json': {
              status: 'ok' | 'degraded' | 'broken'
              version: string
              parts: {
                name: string
                status: 'ok' | 'degraded' | 'broken'
                says: string
              }[]
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/health': {
    /**
     * How each part does
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              status: 'ok' | 'degraded' | 'broken'
              version: string
              parts: {
                name: string
                status: 'ok' | 'degraded' | 'broken'
                says: string
              }[]
            }
          }
        }
        503: {
          content: {
            'application/json': {
              status: 'ok' | 'degraded' | 'broken'
              version: string
              parts: {
                name: string
                status: 'ok' | 'degraded' | 'broken'
                says: string
              }[]
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/recordings': {
    /**
     * The library, the newest first
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          text?: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Recording[]
              /**
               * The cursor of the next page; null on the last one.
               */
              next: string | null
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/recordings/{id}': {
    /**
     * One recording
     */
    get: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Recording
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/recordings/{id}/clips': {
    /**
     * Its finished clips, the best first, each with why it was chosen
     */
    get: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Clip[]
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/renderings/{key}.{ending}': {
    /**
     * A file of a clip: the video, its picture, its captions
     */
    get: {
      parameters: {
        query?: {
          download?: string
        }
        path: {
          key: string
          ending: 'mp4' | 'jpg' | 'srt' | 'vtt'
        }
      }
      responses: {
        200: {
          content: {
            '*/*': string
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/runs': {
    /**
     * The newest runs, each with what it does or waits for
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          status?: 'working' | 'done' | 'failed' | 'cancelled'
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Run[]
              /**
               * The cursor of the next page; null on the last one.
               */
              next: string | null
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
    /**
     * Make clips of a recording; Location is the run
     */
    post: {
      parameters: {
        header?: {
          'idempotency-key'?: string
        }
      }
      responses: {
        202: {
          content: {
            'application/json': {
              id: string
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
      requestBody: {
        content: {
          'application/json': {
            /**
             * Absolute path of the recording on the machine that runs the server.
             */
            path: string
            transcriptPath?: string
            mode?: 'viral' | 'highlights' | 'summary'
            count?: number
            minSeconds?: number
            maxSeconds?: number
            aspect?: '9:16' | '1:1' | '4:5' | '16:9'
            captions?: 'pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast' | 'none'
          }
        }
      }
    }
  }
  '/api/v1/runs/{id}': {
    /**
     * A run with every step, and the evidence of each try that failed
     */
    get: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': DetailedRun
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/runs/{id}/cancel': {
    /**
     * End a run; what it has finished is kept
     */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        204: {
          content: never
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/runs/{id}/retry': {
    /**
     * Try again what failed or was cancelled
     */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        204: {
          content: never
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/runs/{id}/front': {
    /**
     * Let a run overtake all others
     */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        204: {
          content: never
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/events': {
    /**
     * What happened after an event, in order
     */
    get: {
      parameters: {
        query?: {
          after?: number
          limit?: number
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Event[]
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/events/stream': {
    /**
     * The same as server-sent events: `happened`, and `runs` whenever one under way changes
     */
    get: {
      parameters: {
        header?: {
          'last-event-id'?: number
        }
      }
      responses: {
        200: {
          content: {
            '*/*': string
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/metrics': {
    /**
     * For Prometheus
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            '*/*': string
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/recordings/{id}/transcript': {
    /**
     * Who says what, and when, page by page
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          version?: number
          words?: string
        }
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': TranscriptPage
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
    /**
     * Replace a word or phrase, or name a speaker: a new version, which later runs keep
     */
    patch: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              version: number
              note: string
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
      requestBody: {
        content: {
          'application/json':
            | {
                find: string
                /**
                 * Empty removes what was found.
                 */
                replacement: string
                /**
                 * The version that was looked at; refused when another is current by now.
                 */
                version?: number
              }
            | {
                /**
                 * `nobody` for those without a name.
                 */
                speaker: string
                name: string
                /**
                 * The version that was looked at; refused when another is current by now.
                 */
                version?: number
              }
        }
      }
    }
  }
  '/api/v1/recordings/{id}/transcripts': {
    /**
     * All versions, the newest first
     */
    get: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: TranscriptVersion[]
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/recordings/{id}/transcript.{format}': {
    /**
     * As a file: SRT, WebVTT, text or JSON
     */
    get: {
      parameters: {
        query?: {
          version?: number
        }
        path: {
          id: string
          format: 'srt' | 'vtt' | 'txt' | 'json'
        }
      }
      responses: {
        200: {
          content: {
            'application/json': unknown
            '*/*': string
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/recordings/{id}/moments': {
    /**
     * What the newest detection found, each with its scores and reasons; null before there is one
     */
    get: {
      parameters: {
        query?: {
          mode?: 'viral' | 'highlights' | 'summary' | 'query' | 'chapters'
        }
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              detection: Detection | null
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/search': {
    /**
     * Titles and sentences with all these words, those of the newest recording first
     */
    get: {
      parameters: {
        query: {
          limit?: number
          cursor?: string
          text: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: SearchHit[]
              /**
               * The cursor of the next page; null on the last one.
               */
              next: string | null
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/feedback': {
    /**
     * All verdicts that count, the newest first
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: number
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Feedback[]
              next: string | null
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/clips/{id}/feedback': {
    /**
     * Those on one clip
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: number
        }
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Feedback[]
              next: string | null
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
    /**
     * Keep, discard, give stars, trim or comment; the last word counts
     */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        201: {
          content: {
            'application/json': {
              id: number
              taste: {
                /**
                 * Clips of this mode that were judged.
                 */
                judged: number
              }
              /**
               * Why a detector on trial was taken back now.
               */
              rolledBack: string | null
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
      requestBody: {
        content: {
          'application/json':
            | {
                verdict: 'keep'
              }
            | {
                verdict: 'discard'
              }
            | {
                verdict: 'stars'
                stars: number
              }
            | {
                verdict: 'trim'
                /**
                 * Seconds of the clip.
                 */
                from: number
                to: number
              }
            | {
                verdict: 'comment'
                text: string
              }
        }
      }
    }
    /**
     * Take the newest verdict back; the one before it counts again
     */
    delete: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Feedback
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/admin/jobs': {
    /**
     * Jobs that are active, scheduled or waiting, the oldest first
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          state?: 'active' | 'scheduled' | 'waiting'
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Job[]
              /**
               * The cursor of the next page; null on the last one.
               */
              next: string | null
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/admin/jobs/{kind}/pause': {
    /**
     * Begin no more of a kind
     */
    post: {
      parameters: {
        path: {
          kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
        }
      }
      responses: {
        204: {
          content: never
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/admin/jobs/{kind}/resume': {
    /**
     * Go on with a kind
     */
    post: {
      parameters: {
        path: {
          kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
        }
      }
      responses: {
        204: {
          content: never
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/api/v1/admin/jobs/retry-all': {
    /**
     * Try again everything that failed
     */
    post: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              runs: {
                runId: string
                steps: {
                  kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
                  subject: number
                }[]
              }[]
            }
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
      requestBody: {
        content: {
          'application/json': {
            /**
             * Only steps of this kind.
             */
            kind?: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
          }
        }
      }
    }
  }
  '/queue/stats': {
    /**
     * What is to be done, and who works
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': QueueStats
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
  '/storage/stats': {
    /**
     * What clips and downloads take, and what is free
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': StorageStats
          }
        }
        '4XX': {
          content: {
            'application/problem+json': Problem
          }
        }
        '5XX': {
          content: {
            'application/problem+json': Problem
          }
        }
      }
    }
  }
}
export interface Problem {
  /**
   * A link to what the code means.
   */
  type: string
  /**
   * What went wrong, in a sentence.
   */
  title: string
  status: number
  /**
   * Stable; never reused for another meaning.
   */
  code: string
  /**
   * What can be done about it.
   */
  hint?: string
  /**
   * Whether the same request can succeed later.
   */
  retry: 'later' | 'never'
  /**
   * The path that was asked for.
   */
  instance?: string
  /**
   * Each thing that was wrong with the request.
   */
  issues?: {
    path: string
    message: string
  }[]
}
export interface Recording {
  id: string
  title: string
  /**
   * Seconds.
   */
  duration: number
  sizeBytes: number
  hasPicture: boolean
  createdAt: string
  /**
   * Clips that can be watched.
   */
  clips: number
  latestRun: {
    id: string
    status: 'working' | 'done' | 'failed' | 'cancelled'
  } | null
}
export interface Clip {
  id: string
  recordingId: string
  title: string
  version: number
  aspect: '9:16' | '1:1' | '4:5' | '16:9'
  captions: 'pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast' | 'none'
  /**
   * Seconds.
   */
  duration: number
  width: number
  height: number
  sizeBytes: number
  createdAt: string
  /**
   * Path of the file; takes Range.
   */
  video: string
  thumbnail: string
  captionFiles: {
    srt: string
    vtt: string
  }
  moment: {
    rank: number
    /**
     * Seconds of the recording.
     */
    start: number
    end: number
    score: number
    confidence: number
    genre: 'story' | 'insight' | 'advice' | 'humour' | 'debate' | 'emotion' | 'question' | 'news' | 'other'
    /**
     * What is said in it.
     */
    text: string
    reasons: {
      feature: string
      text: string
      weight: number
    }[]
    detector: {
      rung: 'llm' | 'local-model' | 'ranker' | 'signals'
      name: string
      version: string
    }
  } | null
}
export interface Run {
  id: string
  title: string
  status: 'working' | 'done' | 'failed' | 'cancelled'
  priority: number
  createdAt: string
  finishedAt: string | null
  error: {
    code: string
    message: string
    hint?: string
  } | null
  /**
   * Steps that are done.
   */
  done: number
  /**
   * Steps that are not done.
   */
  steps: {
    id: string
    kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
    /**
     * The rank of the moment it is about; 0 for the whole recording.
     */
    subject: number
    status: 'queued' | 'working' | 'done' | 'failed' | 'cancelled' | 'skipped'
    /**
     * How it stands, in words.
     */
    says: string
  }[]
}
export interface DetailedRun {
  id: string
  title: string
  status: 'working' | 'done' | 'failed' | 'cancelled'
  priority: number
  createdAt: string
  finishedAt: string | null
  error: {
    code: string
    message: string
    hint?: string
  } | null
  steps: {
    id: string
    kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
    /**
     * The rank of the moment it is about; 0 for the whole recording.
     */
    subject: number
    status: 'queued' | 'working' | 'done' | 'failed' | 'cancelled' | 'skipped'
    /**
     * How it stands, in words.
     */
    says: string
    failedAttempts: {
      attempt: number
      startedAt: string | null
      endedAt: string
      seconds: number | null
      host: string | null
      code: string
      message: string
      command?: string
      /**
       * The last lines of the tool.
       */
      output?: string
    }[]
  }[]
}
export interface Event {
  id: number
  at: string
  severity: 'debug' | 'info' | 'warn' | 'error'
  component: string
  name: string
  message: string
  data: unknown
  runId?: string
  recordingId?: string
}
export interface TranscriptPage {
  version: TranscriptVersion
  items: {
    ordinal: number
    /**
     * Seconds of the recording.
     */
    start: number
    end: number
    text: string
    speaker: string | null
    /**
     * Only where asked for.
     */
    words?: {
      text: string
      /**
       * Seconds of the recording.
       */
      start: number
      end: number
      confidence: number | null
      timing: 'exact' | 'estimated'
    }[]
  }[]
  /**
   * The cursor of the next page; null on the last one.
   */
  next: string | null
}
export interface TranscriptVersion {
  version: number
  current: boolean
  origin: {
    kind: 'given' | 'sidecar' | 'platform' | 'embedded' | 'local' | 'cloud' | 'none'
    name: string
    format: string | null
  }
  /**
   * BCP 47 tag where known.
   */
  language: string | null
  /**
   * How many.
   */
  segments: number
  /**
   * What a person changed.
   */
  note: string | null
  /**
   * A person chose it, so later runs keep it.
   */
  isChosen: boolean
  /**
   * The version that was corrected.
   */
  basedOn: number | null
  at: string
  by: string
}
export interface Detection {
  id: string
  mode: 'viral' | 'highlights' | 'summary' | 'query' | 'chapters'
  createdAt: string
  /**
   * Spans that were compared.
   */
  candidateCount: number
  /**
   * Score of the best span around each point of the recording.
   */
  curve: {
    /**
     * Seconds.
     */
    step: number
    values: number[]
  }
  /**
   * Why there are none, or fewer than asked for.
   */
  shortfall: string | null
  notes: string[]
  chapters?: {
    /**
     * Seconds of the recording.
     */
    start: number
    /**
     * Seconds of the recording.
     */
    end: number
    title: string
  }[]
  /**
   * The best first.
   */
  moments: Moment[]
}
export interface Moment {
  id: string
  /**
   * 1 is the best.
   */
  rank: number
  /**
   * Seconds of the recording.
   */
  start: number
  /**
   * Seconds of the recording.
   */
  end: number
  /**
   * Comparable within the recording.
   */
  score: number
  /**
   * How sure the detector is that a person would keep it.
   */
  confidence: number
  genre: 'story' | 'insight' | 'advice' | 'humour' | 'debate' | 'emotion' | 'question' | 'news' | 'other'
  title: string
  /**
   * What is said in it.
   */
  text: string
  firstSegment: number
  lastSegment: number
  /**
   * What was measured, each from 0 to 1.
   */
  features: {
    [k: string]: number
  }
  reasons: {
    feature: string
    text: string
    weight: number
  }[]
  detector: {
    rung: 'llm' | 'local-model' | 'ranker' | 'signals'
    name: string
    version: string
  }
  hook?: string
  /**
   * The whole answer or chapter, of which the moment is the best part.
   */
  span?: {
    /**
     * Seconds of the recording.
     */
    start: number
    /**
     * Seconds of the recording.
     */
    end: number
  }
}
export interface SearchHit {
  recording: {
    id: string
    title: string
  }
  in: 'title' | 'transcript'
  /**
   * Seconds of the recording; null in a title.
   */
  start: number | null
  end: number | null
  speaker: string | null
  /**
   * The whole sentence or title.
   */
  text: string
  /**
   * The part around what was found, in pieces: text, never markup.
   */
  snippet: {
    text: string
    found: boolean
  }[]
}
export interface Feedback {
  id: number
  verdict: 'keep' | 'discard' | 'stars' | 'trim' | 'comment'
  stars?: number
  /**
   * What a trim leaves.
   */
  range?: {
    /**
     * Seconds of the recording.
     */
    start: number
    /**
     * Seconds of the recording.
     */
    end: number
  }
  text?: string
  at: string
  by: string
  recordingId: string
  recordingTitle?: string
  clipId: string | null
  clipTitle?: string | null
  /**
   * Seconds of the recording.
   */
  start: number
  /**
   * Seconds of the recording.
   */
  end: number
  mode: 'viral' | 'highlights' | 'summary' | 'query' | 'chapters'
  detector: {
    rung: 'llm' | 'local-model' | 'ranker' | 'signals'
    name: string
    version: string
  }
}
export interface Job {
  id: string
  state: 'active' | 'scheduled' | 'waiting'
  kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
  runId: string
  /**
   * The rank of the moment it is about; 0 for the whole recording.
   */
  subject: number
  priority: number
  /**
   * How often it was tried before.
   */
  retries: number
  createdAt: string
  /**
   * Not begun before.
   */
  startsAfter: string
}
export interface QueueStats {
  jobs: {
    kind: string
    state: string
    count: number
  }[]
  steps: {
    kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
    status: string
    count: number
  }[]
  paused: ('ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude')[]
  /**
   * Workers that live.
   */
  workers: number
  runs: {
    unfinished: number
    /**
     * Over it, new runs are refused: MAX_QUEUE_SIZE.
     */
    most: number
  }
}
export interface StorageStats {
  renderings: {
    count: number
    /**
     * Bytes.
     */
    bytes: number
  }
  downloads: {
    /**
     * Bytes.
     */
    bytes: number
    /**
     * Most bytes of downloads: MAX_STORAGE_GB.
     */
    quota: number
  }
  disk: {
    /**
     * Bytes.
     */
    free: number
    /**
     * Bytes.
     */
    total: number
  }
}

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
     * How each part does; in words for who asks from this machine
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
  '/api/v1/sign-in': {
    /**
     * Whether there is an owner yet, and who asks
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              ownerExists: boolean
              account: Account | null
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
     * Begin a session
     */
    post: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': Account
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
            email: string
            password: string
            /**
             * False: signed out when the browser is closed, and after a day.
             */
            remember?: boolean
          }
        }
      }
    }
  }
  '/api/v1/accounts/owner': {
    /**
     * The first visit: make the owner, and sign in; from this machine only, and only once
     */
    post: {
      parameters: {}
      responses: {
        201: {
          content: {
            'application/json': Account
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
            name: string
            email: string
            /**
             * At least 10 letters, and none of those that are tried first.
             */
            password: string
          }
        }
      }
    }
  }
  '/api/v1/sign-out': {
    /**
     * End this session
     */
    post: {
      parameters: {}
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
  '/api/v1/accounts/me': {
    /**
     * Who asks; with a key, the role is what the key allows
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': OwnAccount
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
     * Change one’s name
     */
    patch: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': Account
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
            name: string
          }
        }
      }
    }
  }
  '/api/v1/accounts/me/password': {
    /**
     * Change one’s password; all other sessions end
     */
    post: {
      parameters: {}
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
      requestBody: {
        content: {
          'application/json': {
            current: string
            /**
             * At least 10 letters, and none of those that are tried first.
             */
            next: string
          }
        }
      }
    }
  }
  '/api/v1/accounts/me/sessions': {
    /**
     * Where one is signed in, the newest first
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              items: Session[]
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
     * Sign out everywhere
     */
    delete: {
      parameters: {
        query?: {
          butThis?: string
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
  '/api/v1/accounts/me/sessions/{id}': {
    /**
     * End one session
     */
    delete: {
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
  '/api/v1/accounts/me/keys': {
    /**
     * One’s keys, the newest first; what they are is not shown again
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              items: Key[]
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
     * Make a key for a program; it is shown this once
     */
    post: {
      parameters: {}
      responses: {
        201: {
          content: {
            'application/json': NewKey
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
            name: string
            /**
             * read: as a viewer; write: as an editor; admin: as an owner; never more than its account may.
             */
            scope: 'read' | 'write' | 'admin'
            /**
             * null: until it is revoked.
             */
            expiresInDays: number | null
          }
        }
      }
    }
  }
  '/api/v1/accounts/me/keys/{id}': {
    /**
     * Revoke a key
     */
    delete: {
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
  '/api/v1/accounts': {
    /**
     * All accounts, the oldest first
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Account[]
              /**
               * The cursor of the next page; null on the last one.
               */
              next: string | null
              /**
               * On all pages together; null beyond the first one, and where counting would be slow.
               */
              total: number | null
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
     * Let somebody in; no mail is sent, so tell them the password
     */
    post: {
      parameters: {}
      responses: {
        201: {
          content: {
            'application/json': Account
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
            name: string
            email: string
            /**
             * viewer: looks; editor: changes; owner: decides who may, too.
             */
            role: 'viewer' | 'editor' | 'owner'
            /**
             * At least 10 letters, and none of those that are tried first.
             */
            password: string
          }
        }
      }
    }
  }
  '/api/v1/accounts/{id}': {
    /**
     * One account
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
            'application/json': Account
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
     * Change a name or a role, or give a new password, which ends all sessions of the account
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
            'application/json': Account
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
            name?: string
            /**
             * viewer: looks; editor: changes; owner: decides who may, too.
             */
            role?: 'viewer' | 'editor' | 'owner'
            /**
             * At least 10 letters, and none of those that are tried first.
             */
            password?: string
          }
        }
      }
    }
    /**
     * Remove an account with its sessions and keys; what it made stays
     */
    delete: {
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
  '/api/v1/recordings': {
    /**
     * The library, the newest first unless told
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          text?: string
          status?: 'working' | 'needs-transcript' | 'done' | 'failed' | 'cancelled'
          since?: string
          until?: string
          sort?: 'newest' | 'oldest'
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
              /**
               * On all pages together; null beyond the first one, and where counting would be slow.
               */
              total: number | null
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
     * Send a recording as a form, in one go: a file `recording`, maybe a file `transcript` and a text `settings`
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
            'application/json': ReceivedRecording
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
    /**
     * Delete it with all that was made of it; a file that was named by its path stays where it is
     */
    delete: {
      parameters: {
        query?: {
          cancel?: string
        }
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
     * Runs, the newest first unless told, each with what it does or waits for
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          status?: 'working' | 'needs-transcript' | 'done' | 'failed' | 'cancelled'
          recordingId?: string
          since?: string
          until?: string
          sort?: 'newest' | 'oldest'
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
              /**
               * On all pages together; null beyond the first one, and where counting would be slow.
               */
              total: number | null
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
             * What is looked for. highlights unless told; query where there is one.
             */
            mode?: 'viral' | 'highlights' | 'summary' | 'query' | 'chapters'
            /**
             * How many clips. 8 unless told.
             */
            count?: number
            /**
             * Where they are to be posted: sets the lengths that are not told.
             */
            platform?: 'tiktok' | 'reels' | 'shorts' | 'x' | 'linkedin'
            /**
             * Seconds the shortest clip lasts. 15 unless told.
             */
            minSeconds?: number
            /**
             * Seconds the longest clip lasts. 60 unless told.
             */
            maxSeconds?: number
            /**
             * Width to height. 9:16 unless told.
             */
            aspect?: '9:16' | '1:1' | '4:5' | '16:9'
            /**
             * How captions look (see /api/v1/styles). pop unless told.
             */
            captions?: 'pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast' | 'none'
            /**
             * What is seen of a recording without a picture.
             */
            audiogram?: 'waveform' | 'bars' | 'speakers' | 'still'
            /**
             * What is taken out of every clip.
             *
             * @maxItems 3
             */
            tighten?: ('fillers' | 'repeats' | 'silences')[]
            /**
             * How much larger every second stretch is shown.
             */
            tightenZoom?: number
            /**
             * Make steady noise softer. false unless told.
             */
            denoise?: boolean
            /**
             * Make sharp s sounds softer. false unless told.
             */
            deEss?: boolean
            /**
             * Smaller clips, made faster, to look at. false unless told.
             */
            draft?: boolean
            /**
             * What else is written for editors.
             *
             * @maxItems 4
             */
            exports?: ('edl' | 'fcpxml' | 'otio' | 'ass')[]
            /**
             * Who may listen where there is no transcript.
             */
            transcribe?: 'auto' | 'local' | 'cloud' | 'off'
            /**
             * Whether a language model is asked, where one is set up. true unless told.
             */
            languageModel?: boolean
            /**
             * What to look for, in your words; goes with the mode query.
             */
            query?: string
            /**
             * Where the camera looks, decided by you (docs/guide/framing.md).
             *
             * @maxItems 1000
             */
            framing?: (
              | {
                  start: number
                  end: number
                  note?: string
                  look: 'at'
                  x: number
                  y?: number
                  zoom?: number
                  /**
                   * @maxItems 100
                   */
                  moves?: {
                    time: number
                    x: number
                    y?: number
                    seconds?: number
                  }[]
                }
              | {
                  start: number
                  end: number
                  note?: string
                  look: 'fit'
                }
              | {
                  start: number
                  end: number
                  note?: string
                  look: 'split'
                  /**
                   * @minItems 2
                   * @maxItems 2
                   */
                  panels: {
                    x: number
                    y?: number
                    zoom?: number
                  }[]
                }
            )[]
            /**
             * How single clips are edited, decided by you (docs/guide/editing.md).
             *
             * @maxItems 200
             */
            edits?: {
              start: number
              end: number
              /**
               * @minItems 1
               * @maxItems 1000
               */
              ranges?: {
                start: number
                end: number
              }[]
              /**
               * @maxItems 1000
               */
              remove?: (
                | string
                | {
                    start: number
                    end: number
                  }
              )[]
              /**
               * @maxItems 1000
               */
              keep?: (
                | string
                | {
                    start: number
                    end: number
                  }
              )[]
              /**
               * @maxItems 1000
               */
              replace?: {
                from: string
                to: string
              }[]
              /**
               * @maxItems 1000
               */
              framing?: (
                | {
                    start: number
                    end: number
                    note?: string
                    look: 'at'
                    x: number
                    y?: number
                    zoom?: number
                    /**
                     * @maxItems 100
                     */
                    moves?: {
                      time: number
                      x: number
                      y?: number
                      seconds?: number
                    }[]
                  }
                | {
                    start: number
                    end: number
                    note?: string
                    look: 'fit'
                  }
                | {
                    start: number
                    end: number
                    note?: string
                    look: 'split'
                    /**
                     * @minItems 2
                     * @maxItems 2
                     */
                    panels: {
                      x: number
                      y?: number
                      zoom?: number
                    }[]
                  }
              )[]
              title?: string
              tighten?: ('fillers' | 'repeats' | 'silences')[]
              zoom?: number | null
              aspect?: '9:16' | '1:1' | '4:5' | '16:9'
              captions?:
                | 'pop'
                | 'karaoke'
                | 'box'
                | 'underline'
                | 'lower-third'
                | 'big'
                | 'speakers'
                | 'podcast'
                | 'none'
            }[]
            /**
             * Whether the picture of a clip may be copied where it stays as it is. true unless told.
             */
            fastPath?: boolean
            /**
             * Choose by sound and picture alone. false unless told.
             */
            withoutWords?: boolean
            /**
             * The recording: its absolute path on the machine that runs the server.
             */
            path?: string
            /**
             * The recording: a link to a file, a feed or a page.
             */
            url?: string
            /**
             * The recording: one of the library.
             */
            recordingId?: string
            /**
             * Which one of a feed: 1 is the newest, or of its title.
             */
            episode?: string
            /**
             * Its transcript: the absolute path on that machine.
             */
            transcriptPath?: string
            /**
             * Its transcript: a link to the file.
             */
            transcriptUrl?: string
            /**
             * Its transcript: an upload of the kind transcript.
             */
            transcriptId?: string
            /**
             * What lies under the speech and comes up in its pauses.
             */
            music?: {
              /**
               * An upload of the kind asset, or an absolute path on that machine.
               */
              file: string
              /**
               * In pauses, dB against the speech.
               */
              level?: number
            }
            /**
             * As a brand file has it (docs/guide/brand.md); its files are ids of uploads of the kind asset, or absolute paths on that machine.
             */
            brand?: {
              schema: 'clipwright.brand/1'
              name?: string
              fonts?: {
                captions?: string
                titles?: string
              }
              colours?: {
                text?: string
                accent?: string
                box?: string
                background?: string
              }
              logo?: {
                file: string
                place?:
                  | 'top-left'
                  | 'top'
                  | 'top-right'
                  | 'left'
                  | 'centre'
                  | 'right'
                  | 'bottom-left'
                  | 'bottom'
                  | 'bottom-right'
                size?: number
                margin?: number
                opacity?: number
              }
              intro?: {
                file: string
                seconds?: number
                fit?: 'blur' | 'colour' | 'crop'
              }
              outro?: {
                file: string
                seconds?: number
                fit?: 'blur' | 'colour' | 'crop'
              }
              lowerThird?:
                | boolean
                | {
                    seconds?: number
                    /**
                     * @maxItems 100
                     */
                    people?: {
                      speaker: string
                      name: string
                      role?: string
                    }[]
                  }
              progressBar?:
                | boolean
                | {
                    place?: 'top' | 'bottom'
                    height?: number
                  }
              hookTitle?:
                | boolean
                | {
                    seconds?: number
                  }
            }
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
     * Try again what failed or was cancelled, all of it or a part
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
      requestBody: {
        content: {
          'application/json': {
            /**
             * Only steps of this kind.
             */
            kind?: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
            /**
             * Only of the moment with this rank.
             */
            subject?: number
          } | null
        }
      }
    }
  }
  '/api/v1/runs/{id}/priority': {
    /**
     * Let a run overtake those with a lower priority
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
      requestBody: {
        content: {
          'application/json': {
            /**
             * Higher ones overtake; 0 unless told.
             */
            priority: number
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
     * What happened, in order unless told
     */
    get: {
      parameters: {
        query?: {
          after?: number
          before?: number
          limit?: number
          severity?: 'debug' | 'info' | 'warn' | 'error'
          component?: string
          name?: string
          runId?: string
          recordingId?: string
          sort?: 'oldest' | 'newest'
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
  '/api/v1/admin/metrics': {
    /**
     * The same as JSON
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              metrics: Metric[]
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
  '/api/v1/dashboard': {
    /**
     * How everything does, now and over time
     */
    get: {
      parameters: {
        query?: {
          hours?: number
        }
      }
      responses: {
        200: {
          content: {
            'application/json': Dashboard
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
     * Make a file the transcript: SRT, WebVTT or JSON; runs that wait for one go on
     */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': ImportedTranscript
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
             * Of the file, e.g. talk.en.srt: its language is read from it.
             */
            name: string
            /**
             * What is in the file.
             */
            text: string
            /**
             * Also where there is a transcript already; it is kept as an earlier version.
             */
            replace?: boolean
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
          verdict?: 'keep' | 'discard' | 'stars' | 'trim' | 'comment'
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Feedback[]
              /**
               * The cursor of the next page; null on the last one.
               */
              next: string | null
              /**
               * On all pages together; null beyond the first one, and where counting would be slow.
               */
              total: number | null
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
          verdict?: 'keep' | 'discard' | 'stars' | 'trim' | 'comment'
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
              /**
               * The cursor of the next page; null on the last one.
               */
              next: string | null
              /**
               * On all pages together; null beyond the first one, and where counting would be slow.
               */
              total: number | null
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
          kind?: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
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
              /**
               * On all pages together; null beyond the first one, and where counting would be slow.
               */
              total: number | null
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
  '/api/v1/admin/dead-letters': {
    /**
     * What failed for good, the newest first, with the evidence of every try
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          kind?: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
          current?: 'true' | 'false'
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: DeadLetter[]
              /**
               * The cursor of the next page; null on the last one.
               */
              next: string | null
              /**
               * On all pages together; null beyond the first one, and where counting would be slow.
               */
              total: number | null
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
  '/api/v1/admin/dead-letters/{id}/retry': {
    /**
     * Try again one step that failed, with all its tries
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
     * What clips, uploads and downloads take, and what is free
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
  '/api/v1/admin/workers': {
    /**
     * Who works, on what, and why no more of it
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              items: Worker[]
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
  '/api/v1/uploads/limits': {
    /**
     * How much room there is, and what is full, before an upload begins
     */
    get: {
      parameters: {
        query?: {
          bytes?: number
        }
      }
      responses: {
        200: {
          content: {
            'application/json': UploadLimits
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
  '/api/v1/uploads': {
    /**
     * Your uploads, the newest first
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          kind?: 'recording' | 'transcript' | 'asset'
          status?: 'receiving' | 'whole' | 'begun' | 'refused'
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: Upload[]
              /**
               * The cursor of the next page; null on the last one.
               */
              next: string | null
              /**
               * On all pages together; null beyond the first one, and where counting would be slow.
               */
              total: number | null
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
     * What of tus is spoken here, in headers
     */
    options: {
      parameters: {}
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
    /**
     * Announce an upload (tus), maybe with its first bytes; Location is where the rest goes
     */
    post: {
      parameters: {
        header?: {
          'tus-resumable'?: '1.0.0'
          'upload-length'?: string
          'upload-defer-length'?: '1'
          'upload-metadata'?: string
          'upload-concat'?: string
          'upload-checksum'?: string
        }
      }
      responses: {
        201: {
          content: {
            'application/json': Upload
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
  '/api/v1/uploads/{id}': {
    /**
     * How an upload stands
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
            'application/json': Upload
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
     * The next bytes (tus); after the last of them Location is the run
     */
    patch: {
      parameters: {
        path: {
          id: string
        }
        header: {
          'tus-resumable'?: '1.0.0'
          'upload-offset': string
          'upload-length'?: string
          'upload-checksum'?: string
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
    /**
     * Give an upload up; its bytes go
     */
    delete: {
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
    /**
     * PATCH or DELETE, for whom it is kept from: X-HTTP-Method-Override says which (tus)
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
  '/api/v1/settings': {
    /**
     * What runs are like where nobody asks otherwise
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              items: LibrarySetting[]
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
     * Change some of them, for all runs that begin from now on; null for as usual
     */
    patch: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              items: LibrarySetting[]
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
            mode?: ('viral' | 'highlights' | 'summary' | 'chapters') | null
            count?: number | null
            platform?: ('tiktok' | 'reels' | 'shorts' | 'x' | 'linkedin') | null
            minSeconds?: number | null
            maxSeconds?: number | null
            aspect?: ('9:16' | '1:1' | '4:5' | '16:9') | null
            captions?:
              | ('pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast' | 'none')
              | null
            audiogram?: ('waveform' | 'bars' | 'speakers' | 'still') | null
            tighten?: ('fillers' | 'repeats' | 'silences')[] | null
            tightenZoom?: number | null
            denoise?: boolean | null
            deEss?: boolean | null
            draft?: boolean | null
            exports?: ('edl' | 'fcpxml' | 'otio' | 'ass')[] | null
            transcribe?: ('auto' | 'local' | 'cloud' | 'off') | null
            languageModel?: boolean | null
          }
        }
      }
    }
  }
  '/api/v1/settings/{name}': {
    /**
     * Take one back: it is as usual again
     */
    delete: {
      parameters: {
        path: {
          name:
            | 'mode'
            | 'count'
            | 'platform'
            | 'minSeconds'
            | 'maxSeconds'
            | 'aspect'
            | 'captions'
            | 'audiogram'
            | 'tighten'
            | 'tightenZoom'
            | 'denoise'
            | 'deEss'
            | 'draft'
            | 'exports'
            | 'transcribe'
            | 'languageModel'
        }
      }
      responses: {
        200: {
          content: {
            'application/json': {
              items: LibrarySetting[]
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
  '/api/v1/settings/server': {
    /**
     * What the server was started with; a change needs its environment and a restart
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': {
              items: ServerSetting[]
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
  '/api/v1/clips/{id}': {
    /**
     * One clip
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
            'application/json': DetailedClip
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
  '/api/v1/clips/{id}/versions': {
    /**
     * Everything it ever was, the one that is shown first, each with its file and what the gate found
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
              items: ClipVersion[]
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
  '/api/v1/clips/{id}/edits': {
    /**
     * What people changed about it, the newest first; edits that were taken back are left out
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
              items: ClipEdit[]
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
     * Change a clip, beside what was changed before
     */
    post: {
      parameters: {
        path: {
          id: string
        }
        header?: {
          'idempotency-key'?: string
        }
      }
      responses: {
        202: {
          content: {
            'application/json': EditBegun
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
             * Seconds to take off its beginning; negative ones are added.
             */
            trimStart?: number
            /**
             * The same at its end.
             */
            trimEnd?: number
            /**
             * What it plays, in this order.
             *
             * @minItems 1
             * @maxItems 1000
             */
            ranges?: {
              /**
               * Seconds of the recording.
               */
              start: number
              /**
               * Seconds of the recording.
               */
              end: number
            }[]
            /**
             * Taken out.
             *
             * @maxItems 1000
             */
            remove?: (
              | string
              | {
                  /**
                   * Seconds of the recording.
                   */
                  start: number
                  /**
                   * Seconds of the recording.
                   */
                  end: number
                }
            )[]
            /**
             * Brought back, and not to be tightened.
             *
             * @maxItems 1000
             */
            keep?: (
              | string
              | {
                  /**
                   * Seconds of the recording.
                   */
                  start: number
                  /**
                   * Seconds of the recording.
                   */
                  end: number
                }
            )[]
            /**
             * Captions that say something else; an empty `to` says nothing.
             *
             * @maxItems 1000
             */
            replace?: {
              from: string
              to: string
            }[]
            /**
             * Where the camera looks (docs/guide/framing.md).
             *
             * @maxItems 1000
             */
            framing?: (
              | {
                  start: number
                  end: number
                  note?: string
                  look: 'at'
                  x: number
                  y?: number
                  zoom?: number
                  /**
                   * @maxItems 100
                   */
                  moves?: {
                    time: number
                    x: number
                    y?: number
                    seconds?: number
                  }[]
                }
              | {
                  start: number
                  end: number
                  note?: string
                  look: 'fit'
                }
              | {
                  start: number
                  end: number
                  note?: string
                  look: 'split'
                  /**
                   * @minItems 2
                   * @maxItems 2
                   */
                  panels: {
                    x: number
                    y?: number
                    zoom?: number
                  }[]
                }
            )[]
            title?: string
            /**
             * Empty for nothing.
             *
             * @maxItems 3
             */
            tighten?: ('fillers' | 'repeats' | 'silences')[]
            /**
             * Null for not at all.
             */
            zoom?: number | null
            /**
             * Of this clip alone.
             */
            aspect?: '9:16' | '1:1' | '4:5' | '16:9'
            /**
             * Of this clip alone.
             */
            captions?: 'pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast' | 'none'
            /**
             * `version` of what was looked at; refused when somebody edited the clip since.
             */
            version?: number
          }
        }
      }
    }
  }
  '/api/v1/clips/{id}/edit': {
    /**
     * For an editor: what it plays, every word and whether it is heard, where the camera looks and why
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
            'application/json': ClipEditor
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
     * All that is changed about a clip, in place of what was changed before
     */
    put: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        202: {
          content: {
            'application/json': EditBegun
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
             * As GET gives it: fields of an edit, without the trims. {} is as it was first made.
             */
            changes: {
              /**
               * @minItems 1
               * @maxItems 1000
               */
              ranges?: {
                start: number
                end: number
              }[]
              /**
               * @maxItems 1000
               */
              remove?: (
                | string
                | {
                    start: number
                    end: number
                  }
              )[]
              /**
               * @maxItems 1000
               */
              keep?: (
                | string
                | {
                    start: number
                    end: number
                  }
              )[]
              /**
               * @maxItems 1000
               */
              replace?: {
                from: string
                to: string
              }[]
              /**
               * @maxItems 1000
               */
              framing?: (
                | {
                    start: number
                    end: number
                    note?: string
                    look: 'at'
                    x: number
                    y?: number
                    zoom?: number
                    /**
                     * @maxItems 100
                     */
                    moves?: {
                      time: number
                      x: number
                      y?: number
                      seconds?: number
                    }[]
                  }
                | {
                    start: number
                    end: number
                    note?: string
                    look: 'fit'
                  }
                | {
                    start: number
                    end: number
                    note?: string
                    look: 'split'
                    /**
                     * @minItems 2
                     * @maxItems 2
                     */
                    panels: {
                      x: number
                      y?: number
                      zoom?: number
                    }[]
                  }
              )[]
              title?: string
              tighten?: ('fillers' | 'repeats' | 'silences')[]
              zoom?: number | null
              aspect?: '9:16' | '1:1' | '4:5' | '16:9'
              captions?:
                | 'pop'
                | 'karaoke'
                | 'box'
                | 'underline'
                | 'lower-third'
                | 'big'
                | 'speakers'
                | 'podcast'
                | 'none'
            }
            /**
             * `version` of what was looked at; refused when somebody edited the clip since.
             */
            version?: number
          }
        }
      }
    }
  }
  '/api/v1/clips/{id}/edits/preview': {
    /**
     * What an edit would play; nothing is stored
     */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: {
          content: {
            'application/json': ClipPlan
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
             * Seconds to take off its beginning; negative ones are added.
             */
            trimStart?: number
            /**
             * The same at its end.
             */
            trimEnd?: number
            /**
             * What it plays, in this order.
             *
             * @minItems 1
             * @maxItems 1000
             */
            ranges?: {
              /**
               * Seconds of the recording.
               */
              start: number
              /**
               * Seconds of the recording.
               */
              end: number
            }[]
            /**
             * Taken out.
             *
             * @maxItems 1000
             */
            remove?: (
              | string
              | {
                  /**
                   * Seconds of the recording.
                   */
                  start: number
                  /**
                   * Seconds of the recording.
                   */
                  end: number
                }
            )[]
            /**
             * Brought back, and not to be tightened.
             *
             * @maxItems 1000
             */
            keep?: (
              | string
              | {
                  /**
                   * Seconds of the recording.
                   */
                  start: number
                  /**
                   * Seconds of the recording.
                   */
                  end: number
                }
            )[]
            /**
             * Captions that say something else; an empty `to` says nothing.
             *
             * @maxItems 1000
             */
            replace?: {
              from: string
              to: string
            }[]
            /**
             * Where the camera looks (docs/guide/framing.md).
             *
             * @maxItems 1000
             */
            framing?: (
              | {
                  start: number
                  end: number
                  note?: string
                  look: 'at'
                  x: number
                  y?: number
                  zoom?: number
                  /**
                   * @maxItems 100
                   */
                  moves?: {
                    time: number
                    x: number
                    y?: number
                    seconds?: number
                  }[]
                }
              | {
                  start: number
                  end: number
                  note?: string
                  look: 'fit'
                }
              | {
                  start: number
                  end: number
                  note?: string
                  look: 'split'
                  /**
                   * @minItems 2
                   * @maxItems 2
                   */
                  panels: {
                    x: number
                    y?: number
                    zoom?: number
                  }[]
                }
            )[]
            title?: string
            /**
             * Empty for nothing.
             *
             * @maxItems 3
             */
            tighten?: ('fillers' | 'repeats' | 'silences')[]
            /**
             * Null for not at all.
             */
            zoom?: number | null
            /**
             * Of this clip alone.
             */
            aspect?: '9:16' | '1:1' | '4:5' | '16:9'
            /**
             * Of this clip alone.
             */
            captions?: 'pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast' | 'none'
            /**
             * `version` of what was looked at; refused when somebody edited the clip since.
             */
            version?: number
          }
        }
      }
    }
  }
  '/api/v1/clips/{id}/undo': {
    /**
     * Take the newest edit back; again for the one before
     */
    post: {
      parameters: {
        path: {
          id: string
        }
        header?: {
          'idempotency-key'?: string
        }
      }
      responses: {
        202: {
          content: {
            'application/json': EditBegun
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
             * `version` of what was looked at; refused when somebody edited the clip since.
             */
            version?: number
          }
        }
      }
    }
  }
  '/api/v1/clips/{id}/restore': {
    /**
     * Make it again as an edit had it, or as it was first made; what came after can be had back the same way
     */
    post: {
      parameters: {
        path: {
          id: string
        }
        header?: {
          'idempotency-key'?: string
        }
      }
      responses: {
        202: {
          content: {
            'application/json': EditBegun
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
             * `id` of an edit; null for as it was first made.
             */
            edit: number | null
            /**
             * `version` of what was looked at; refused when somebody edited the clip since.
             */
            version?: number
          }
        }
      }
    }
  }
  '/api/v1/runs/{id}/renderings': {
    /**
     * The files a run makes, the best first: their state, size, length, and what the quality gate found
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
              items: RunRendering[]
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
  '/api/v1/recordings/{id}/export.{format}': {
    /**
     * The whole recording as a timeline with its moments marked: EDL, FCPXML or OpenTimelineIO
     */
    get: {
      parameters: {
        path: {
          id: string
          format: 'edl' | 'fcpxml' | 'otio'
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
  '/api/v1/clips/{id}/export.{format}': {
    /**
     * A clip for editors: EDL, FCPXML, OpenTimelineIO, or its captions as ASS, SRT, WebVTT
     */
    get: {
      parameters: {
        path: {
          id: string
          format: 'edl' | 'fcpxml' | 'otio' | 'srt' | 'vtt' | 'ass'
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
  '/api/v1/styles': {
    /**
     * What clips can be asked to look and sound like, each in a few words
     */
    get: {
      parameters: {}
      responses: {
        200: {
          content: {
            'application/json': Styles
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
  '/api/v1/styles/captions/{name}.jpg': {
    /**
     * What captions look like
     */
    get: {
      parameters: {
        path: {
          name: 'pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast'
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
export interface Account {
  id: string
  name: string
  email: string
  /**
   * viewer: looks; editor: changes; owner: decides who may, too.
   */
  role: 'viewer' | 'editor' | 'owner'
  createdAt: string
  /**
   * To the day by sessions, to the minute by keys.
   */
  lastSeenAt: string | null
}
export interface OwnAccount {
  id: string
  name: string
  email: string
  /**
   * viewer: looks; editor: changes; owner: decides who may, too.
   */
  role: 'viewer' | 'editor' | 'owner'
  createdAt: string
  /**
   * To the day by sessions, to the minute by keys.
   */
  lastSeenAt: string | null
  by: 'session' | 'key'
}
export interface Session {
  id: string
  /**
   * Whether it is the one that asks.
   */
  isThis: boolean
  /**
   * Where it was begun.
   */
  address: string | null
  userAgent: string | null
  createdAt: string
  /**
   * To the day.
   */
  seenAt: string
  expiresAt: string
}
export interface Key {
  id: string
  name: string
  /**
   * Its first letters, to tell it from others.
   */
  start: string
  /**
   * read: as a viewer; write: as an editor; admin: as an owner; never more than its account may.
   */
  scope: 'read' | 'write' | 'admin'
  createdAt: string
  expiresAt: string | null
  /**
   * To the minute.
   */
  lastUsedAt: string | null
}
export interface NewKey {
  id: string
  name: string
  /**
   * Its first letters, to tell it from others.
   */
  start: string
  /**
   * read: as a viewer; write: as an editor; admin: as an owner; never more than its account may.
   */
  scope: 'read' | 'write' | 'admin'
  createdAt: string
  expiresAt: string | null
  /**
   * To the minute.
   */
  lastUsedAt: string | null
  key: string
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
    status: 'working' | 'needs-transcript' | 'done' | 'failed' | 'cancelled'
  } | null
}
export interface ReceivedRecording {
  uploadId: string
  /**
   * Null while the queue is full: the run begins by itself.
   */
  runId: string | null
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
  /**
   * Null until the recording is known.
   */
  recordingId: string | null
  status: 'working' | 'needs-transcript' | 'done' | 'failed' | 'cancelled'
  /**
   * Like status, but a step or run that only waits is never `working`, nor one that waits for a person `failed`.
   */
  state: 'waiting' | 'working' | 'done' | 'failed' | 'cancelled' | 'skipped'
  /**
   * How it stands, in words: `waiting (2 ahead)`, `rendering 3 of 8, 62 %, 40 s left`.
   */
  says: string
  /**
   * How far it is, as far as that is known.
   */
  fraction: number | null
  /**
   * Rounded; null while nobody can know.
   */
  secondsLeft: number | null
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
    status: 'queued' | 'working' | 'needs-transcript' | 'done' | 'failed' | 'cancelled' | 'skipped'
    /**
     * Like status, but a step or run that only waits is never `working`, nor one that waits for a person `failed`.
     */
    state: 'waiting' | 'working' | 'done' | 'failed' | 'cancelled' | 'skipped'
    /**
     * How it stands, in words: `waiting (2 ahead)`, `rendering 3 of 8, 62 %, 40 s left`.
     */
    says: string
    /**
     * How far it is, as far as that is known.
     */
    fraction: number | null
    /**
     * Rounded; null while nobody can know.
     */
    secondsLeft: number | null
  }[]
}
export interface DetailedRun {
  id: string
  title: string
  /**
   * Null until the recording is known.
   */
  recordingId: string | null
  status: 'working' | 'needs-transcript' | 'done' | 'failed' | 'cancelled'
  /**
   * Like status, but a step or run that only waits is never `working`, nor one that waits for a person `failed`.
   */
  state: 'waiting' | 'working' | 'done' | 'failed' | 'cancelled' | 'skipped'
  /**
   * How it stands, in words: `waiting (2 ahead)`, `rendering 3 of 8, 62 %, 40 s left`.
   */
  says: string
  /**
   * How far it is, as far as that is known.
   */
  fraction: number | null
  /**
   * Rounded; null while nobody can know.
   */
  secondsLeft: number | null
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
    status: 'queued' | 'working' | 'needs-transcript' | 'done' | 'failed' | 'cancelled' | 'skipped'
    /**
     * Like status, but a step or run that only waits is never `working`, nor one that waits for a person `failed`.
     */
    state: 'waiting' | 'working' | 'done' | 'failed' | 'cancelled' | 'skipped'
    /**
     * How it stands, in words: `waiting (2 ahead)`, `rendering 3 of 8, 62 %, 40 s left`.
     */
    says: string
    /**
     * How far it is, as far as that is known.
     */
    fraction: number | null
    /**
     * Rounded; null while nobody can know.
     */
    secondsLeft: number | null
    failedAttempts: FailedAttempt[]
  }[]
}
export interface FailedAttempt {
  attempt: number
  startedAt: string | null
  endedAt: string
  seconds: number | null
  host: string | null
  code: string
  message: string
  hint?: string
  /**
   * The tool as it was started.
   */
  command?: string
  /**
   * Null when a signal ended it.
   */
  exitCode?: number | null
  signal?: string | null
  /**
   * How long the tool ran.
   */
  toolSeconds?: number
  /**
   * The last lines of the tool.
   */
  output?: string
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
export interface Metric {
  name: string
  help: string
  type: string
  values: {
    /**
     * Null where nothing was measured.
     */
    value: number | null
    labels: {
      [k: string]: string | number
    }
    /**
     * Of histograms and summaries: which of their parts it is.
     */
    metricName?: string
  }[]
}
export interface Dashboard {
  /**
   * At most ten seconds ago, unless the database is away.
   */
  takenAt: string
  /**
   * Finished in the last hour, and in the last 24.
   */
  throughput: {
    recordings: {
      hour: number
      day: number
    }
    clips: {
      hour: number
      day: number
    }
  }
  /**
   * Of the newest thousand steps of each kind, of a week; those that had their result already are counted apart.
   */
  durations: {
    kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
    p50: number | null
    p95: number | null
    worked: number
    reused: number
  }[]
  /**
   * From the begin of a run until it got so far, waiting included.
   */
  stages: {
    stage: 'transcribed' | 'moments found' | 'clips ready'
    p50: number | null
    p95: number | null
    runs: number
  }[]
  queue: {
    kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
    queued: number
    working: number
    /**
     * Failed for good, until tried again.
     */
    failed: number
    longestWait: number | null
    paused: boolean
  }[]
  /**
   * Tries that failed in the last 24 hours, by code; the message, kind and run are those of the newest.
   */
  errors: {
    code: string
    count: number
    lastAt: string
    message: string
    kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
    runId: string
    run: string
  }[]
  storage: {
    kinds: {
      kind: string
      /**
       * Bytes.
       */
      bytes: number
    }[]
    recordings: {
      count: number
      /**
       * Bytes.
       */
      bytes: number
      /**
       * Seconds.
       */
      seconds: number
    }
    clips: number
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
  workers: {
    host: string
    pid: number
    /**
     * dead: its process is gone, or it has been silent for too long.
     */
    state: 'working' | 'draining' | 'dead'
    /**
     * The one run it works on; null for all.
     */
    onlyRun: string | null
    doing: {
      kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
      runId: string
    }[]
    /**
     * Steps it has ended since it started.
     */
    doneCount: number
    restarts: number
    /**
     * Bytes.
     */
    memoryBytes: number
    loopDelayMs: number | null
    startedAt: string
    /**
     * When it was heard of last.
     */
    beatAt: string
    /**
     * Seconds.
     */
    silentSeconds: number
  }[]
  process: {
    /**
     * 0 to 1.
     */
    machineCpu: number
    /**
     * Busy cores, without child processes.
     */
    processCpu: number
    /**
     * Bytes.
     */
    memoryBytes: number
    machineMemory: {
      /**
       * Bytes.
       */
      free: number
      /**
       * Bytes.
       */
      total: number
    }
    loopDelay: {
      /**
       * Milliseconds.
       */
      p50: number
      /**
       * Milliseconds.
       */
      p99: number
      /**
       * Milliseconds.
       */
      most: number
    }
  }
  connections: {
    used: number
    idle: number
    waiting: number
    most: number
    /**
     * In the last minute.
     */
    longestWaitMs: number
    server: {
      open: number
      most: number
    }
  }
  requests: {
    /**
     * Since the server was started.
     */
    requests: number
    notModified: number
    broken: number
    /**
     * Of the newest thousand.
     */
    p50: number | null
    p95: number | null
  }
  cache: {
    /**
     * Of the newest steps, those that had their result already.
     */
    reusedSteps: number | null
    /**
     * Of the requests, those answered 304.
     */
    notModified: number | null
    /**
     * Of the questions to models and services in 24 hours, those whose answer was kept.
     */
    modelAnswers: number | null
  }
  /**
   * Calls to language models and services that listen, in the last 24 hours.
   */
  models: {
    calls: number
    failed: number
    usd: number
    spared: number
  }
  history: {
    hours: number
    minutesPerPoint: number
    at: string[]
    series: {
      name: string
      unit: 'count' | 'seconds' | 'milliseconds' | 'bytes' | 'share'
      values: (number | null)[]
    }[]
  }
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
export interface ImportedTranscript {
  version: number
  /**
   * How many sentences.
   */
  segments: number
  /**
   * What was skipped or mended.
   */
  warnings: string[]
  /**
   * Runs that waited for it, and go on.
   */
  runs: string[]
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
export interface DeadLetter {
  /**
   * Of the step.
   */
  id: string
  kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
  /**
   * The rank of the moment it is about; 0 for the whole recording.
   */
  subject: number
  runId: string
  title: string
  state: 'failed'
  says: string
  code: string | null
  hint?: string
  /**
   * How often it was tried before it was given up.
   */
  tries: number
  failedAt: string
  /**
   * The history, also of tries before somebody had it tried again.
   */
  failedAttempts: FailedAttempt[]
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
     * Most bytes of uploads and downloads together: MAX_STORAGE_GB.
     */
    quota: number
  }
  uploads: {
    /**
     * Bytes.
     */
    bytes: number
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
export interface Worker {
  id: string
  host: string
  pid: number
  /**
   * draining: it takes nothing new and ends when it is done.
   */
  status: 'working' | 'draining'
  /**
   * What it takes on.
   */
  kinds: ('ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude')[]
  /**
   * The one run it works on; null for all.
   */
  onlyRun: string | null
  doing: {
    stepId: string
    kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
    runId: string
  }[]
  /**
   * Steps of each kind it takes at a time, as its machine stands.
   */
  atOnce: {
    kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
    count: number
  }[]
  /**
   * Of which kinds it takes fewer than it could, and what is short.
   */
  shortages: {
    kind: 'ingest' | 'transcribe' | 'analyze' | 'detect' | 'reframe' | 'cut' | 'conclude'
    count: number
    of: number
    short: 'memory' | 'load'
  }[]
  /**
   * Steps it has ended since it started.
   */
  done: number
  /**
   * How often its process was started anew.
   */
  restarts: number
  /**
   * Of its process, without the tools it starts.
   */
  memoryBytes: number
  /**
   * Tasks that want to run, for each core of its machine, over the last minute.
   */
  loadPerCore: number | null
  /**
   * Of its machine or container.
   */
  freeMegabytes: number | null
  /**
   * How late its process came to what was due, milliseconds, 99 of 100.
   */
  loopDelayMs: number | null
  startedAt: string
  /**
   * When it was last heard of; every 3 s.
   */
  beatAt: string
}
export interface UploadLimits {
  /**
   * Most bytes of one upload: MAX_FILE_SIZE.
   */
  largest: number
  /**
   * Of uploads and downloads together, with what was announced and is still to come.
   */
  storage: {
    /**
     * Bytes.
     */
    used: number
    /**
     * MAX_STORAGE_GB.
     */
    quota: number
    /**
     * Bytes.
     */
    free: number
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
  queue: {
    unfinished: number
    /**
     * MAX_QUEUE_SIZE.
     */
    most: number
  }
  /**
   * Hours an unfinished upload can be gone on with.
   */
  expiryHours: number
  /**
   * Why an upload of so many bytes would be refused now; empty when it would not.
   */
  full: {
    code: string
    message: string
    hint?: string
  }[]
}
export interface Upload {
  id: string
  kind: 'recording' | 'transcript' | 'asset'
  status: 'receiving' | 'whole' | 'begun' | 'refused'
  /**
   * How it stands, in words.
   */
  says: string
  title: string
  /**
   * The name it came with, as far as it can be shown.
   */
  fileName: string
  /**
   * Bytes that are here for certain.
   */
  offset: number
  /**
   * Bytes of the whole file; null while nobody has said.
   */
  length: number | null
  /**
   * SHA-256 of the content, once it is here.
   */
  contentHash: string | null
  runId: string | null
  /**
   * The recording with this content, once it is known.
   */
  recordingId: string | null
  error: {
    code: string
    message: string
    hint?: string
  } | null
  createdAt: string
  /**
   * When its bytes are removed, unless it has a run by then.
   */
  expiresAt: string | null
}
export interface LibrarySetting {
  /**
   * As POST /api/v1/runs has it.
   */
  name: string
  meaning: string
  /**
   * In force; null where nothing is chosen.
   */
  value: {
    [k: string]: unknown
  }
  from: 'library' | 'usual'
  changedAt: string | null
  changedBy: string | null
}
export interface ServerSetting {
  name: string
  meaning: string
  /**
   * In force; null for secrets.
   */
  value: string | number | boolean | null
  isSecret: boolean
  /**
   * All that is said of a secret.
   */
  isSet: boolean
  /**
   * The environment or .env; or nobody said anything.
   */
  from: 'environment' | 'usual'
}
export interface DetailedClip {
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
  plan: ClipPlan
  /**
   * How the newest edit over HTTP stands.
   */
  making: {
    runId: string
    state: 'making' | 'made' | 'failed' | 'cancelled'
    since: string
    error: {
      code: string
      message: string
      hint?: string
    } | null
  } | null
}
export interface ClipPlan {
  /**
   * How long it plays.
   */
  seconds: number
  /**
   * What it plays, in this order.
   */
  ranges: {
    /**
     * Seconds of the recording.
     */
    start: number
    /**
     * Seconds of the recording.
     */
    end: number
  }[]
  removed: {
    /**
     * Seconds of the recording.
     */
    start: number
    /**
     * Seconds of the recording.
     */
    end: number
    kind: 'words' | 'filler' | 'repeat' | 'silence'
    text: string
  }[]
  /**
   * Seconds that were taken out.
   */
  shortenedBy: number
  corrections: {
    /**
     * Seconds of the recording.
     */
    start: number
    /**
     * Seconds of the recording.
     */
    end: number
    from: string
    text: string
  }[]
  zoom: number | null
  title: string | null
  /**
   * What was asked for and not done.
   */
  notes: string[]
  byHand: boolean
}
export interface ClipVersion {
  /**
   * 1 is how it was first made.
   */
  version: number
  /**
   * The one last made: what the clip is now.
   */
  isShown: boolean
  createdAt: string
  by: string
  style: {
    aspect: '9:16' | '1:1' | '4:5' | '16:9'
    captions: 'pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast' | 'none'
    audiogram: ('waveform' | 'bars' | 'speakers' | 'still') | null
    branded: boolean
    denoise: boolean
    deEss: boolean
    music: boolean
  }
  plan: ClipPlan
  /**
   * Null where there is no file.
   */
  rendering: Rendering | null
}
export interface Rendering {
  /**
   * Path of the file; takes Range.
   */
  video: string
  thumbnail: string
  captionFiles: {
    srt: string
    vtt: string
  }
  /**
   * Names it by everything that went in: the same key, the same bytes.
   */
  key: string
  sha256: string
  /**
   * Seconds.
   */
  duration: number
  width: number
  height: number
  sizeBytes: number
  /**
   * LUFS; null when it is silent.
   */
  loudness: number | null
  /**
   * Where the clip begins in its file, seconds: after an intro.
   */
  startsAt: number
  warnings: string[]
  /**
   * What the quality gate looked at.
   */
  checks: {
    name: string
    status: 'passed' | 'failed' | 'skipped'
    /**
     * What was found, in a sentence.
     */
    detail: string
  }[]
  /**
   * It failed a check at first, and was made again.
   */
  repaired: boolean
}
export interface ClipEdit {
  id: number
  at: string
  by: string
  changes: {
    /**
     * @minItems 1
     * @maxItems 1000
     */
    ranges?: {
      start: number
      end: number
    }[]
    /**
     * @maxItems 1000
     */
    remove?: (
      | string
      | {
          start: number
          end: number
        }
    )[]
    /**
     * @maxItems 1000
     */
    keep?: (
      | string
      | {
          start: number
          end: number
        }
    )[]
    /**
     * @maxItems 1000
     */
    replace?: {
      from: string
      to: string
    }[]
    /**
     * @maxItems 1000
     */
    framing?: (
      | {
          start: number
          end: number
          note?: string
          look: 'at'
          x: number
          y?: number
          zoom?: number
          /**
           * @maxItems 100
           */
          moves?: {
            time: number
            x: number
            y?: number
            seconds?: number
          }[]
        }
      | {
          start: number
          end: number
          note?: string
          look: 'fit'
        }
      | {
          start: number
          end: number
          note?: string
          look: 'split'
          /**
           * @minItems 2
           * @maxItems 2
           */
          panels: {
            x: number
            y?: number
            zoom?: number
          }[]
        }
    )[]
    title?: string
    tighten?: ('fillers' | 'repeats' | 'silences')[]
    zoom?: number | null
    aspect?: '9:16' | '1:1' | '4:5' | '16:9'
    captions?: 'pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast' | 'none'
  }
}
export interface EditBegun {
  /**
   * That makes the clip; Location is the same.
   */
  runId: string
  /**
   * To be sent with the next edit.
   */
  version: number
  plan: ClipPlan
}
export interface ClipEditor {
  clipId: string
  /**
   * Send it with an edit, so that nobody else’s is lost; 0 before the first one.
   */
  version: number
  /**
   * All that was changed by hand until now.
   */
  changes: {
    /**
     * @minItems 1
     * @maxItems 1000
     */
    ranges?: {
      start: number
      end: number
    }[]
    /**
     * @maxItems 1000
     */
    remove?: (
      | string
      | {
          start: number
          end: number
        }
    )[]
    /**
     * @maxItems 1000
     */
    keep?: (
      | string
      | {
          start: number
          end: number
        }
    )[]
    /**
     * @maxItems 1000
     */
    replace?: {
      from: string
      to: string
    }[]
    /**
     * @maxItems 1000
     */
    framing?: (
      | {
          start: number
          end: number
          note?: string
          look: 'at'
          x: number
          y?: number
          zoom?: number
          /**
           * @maxItems 100
           */
          moves?: {
            time: number
            x: number
            y?: number
            seconds?: number
          }[]
        }
      | {
          start: number
          end: number
          note?: string
          look: 'fit'
        }
      | {
          start: number
          end: number
          note?: string
          look: 'split'
          /**
           * @minItems 2
           * @maxItems 2
           */
          panels: {
            x: number
            y?: number
            zoom?: number
          }[]
        }
    )[]
    title?: string
    tighten?: ('fillers' | 'repeats' | 'silences')[]
    zoom?: number | null
    aspect?: '9:16' | '1:1' | '4:5' | '16:9'
    captions?: 'pop' | 'karaoke' | 'box' | 'underline' | 'lower-third' | 'big' | 'speakers' | 'podcast' | 'none'
  }
  /**
   * How the newest of it stands; the plan is of what was last made.
   */
  making: {
    runId: string
    state: 'making' | 'made' | 'failed' | 'cancelled'
    since: string
    error: {
      code: string
      message: string
      hint?: string
    } | null
  } | null
  plan: ClipPlan
  moment: {
    /**
     * Seconds of the recording.
     */
    start: number
    /**
     * Seconds of the recording.
     */
    end: number
  }
  recording: {
    id: string
    /**
     * Seconds.
     */
    duration: number
    /**
     * Pixels.
     */
    picture: {
      width: number
      height: number
    } | null
  }
  /**
   * What is said in it, and up to 20 s around it.
   */
  words: {
    /**
     * Seconds of the recording.
     */
    start: number
    /**
     * Seconds of the recording.
     */
    end: number
    text: string
    confidence: number | null
    timing: 'exact' | 'estimated'
    segment: number
    speaker: string | null
    state: 'played' | 'removed' | 'outside'
    /**
     * What the caption says instead, at the first word that was corrected.
     */
    shown: string | null
  }[]
  /**
   * Where the camera looks, and why.
   */
  scenes: {
    /**
     * Seconds of the recording.
     */
    start: number
    /**
     * Seconds of the recording.
     */
    end: number
    kind: 'crop' | 'split' | 'blurred-fit' | 'card'
    /**
     * Pixels of the recording.
     */
    crop: {
      x: number
      y: number
      width: number
      height: number
    } | null
    moves: {
      /**
       * Seconds of the recording.
       */
      time: number
      seconds: number
      x: number
      y: number
    }[]
    panels: {
      x: number
      y: number
      width: number
      height: number
    }[]
    faces: number | null
    byHand: boolean
    reason: string
  }[]
}
export interface RunRendering {
  /**
   * Of the moment; 1 is the best.
   */
  rank: number
  title: string
  clipId: string | null
  /**
   * Of the clip.
   */
  version: number | null
  /**
   * Of its cutting.
   */
  status: 'queued' | 'working' | 'needs-transcript' | 'done' | 'failed' | 'cancelled' | 'skipped'
  error: {
    code: string
    message: string
    hint?: string
  } | null
  rendering: Rendering | null
}
export interface Styles {
  modes: {
    name: string
    meaning: string
  }[]
  aspects: {
    name: string
    meaning: string
    width: number
    height: number
  }[]
  captions: {
    name: string
    meaning: string
    /**
     * Path of a sample picture.
     */
    picture: string | null
  }[]
  /**
   * For recordings without a picture.
   */
  audiograms: {
    name: string
    meaning: string
  }[]
  tighten: {
    name: string
    meaning: string
  }[]
  sound: {
    name: string
    meaning: string
  }[]
  platforms: {
    name: string
    /**
     * What is looked for.
     */
    minSeconds: number
    /**
     * Seconds.
     */
    maxSeconds: number
    /**
     * The longest it takes.
     */
    limitSeconds: number
  }[]
  /**
   * What else is written for editors.
   */
  exports: string[]
}

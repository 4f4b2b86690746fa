import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../src/database/tables.ts'
import { seedSegments } from './seed-segments.ts'
import { zipfSentences } from './zipf-sentences.ts'

export interface LibrarySize {
  recordings: number
  /** Of all current transcripts together. */
  segments: number
}

/** Clips of each recording; each takes two steps of its run. */
const clipsEach = 3

/**
 * Fills an empty library: recordings over a year with a transcript, a detection of six moments, three clips with their renderings, runs with all
 * their steps (one of a hundred failed), events, verdicts and jobs that are done. Straight into the tables, because a million segments through the
 * pipeline would take weeks.
 */
export async function seedLibrary(db: Kysely<Tables>, { recordings, segments }: LibrarySize): Promise<void> {
  // One recording of a hundred is a long one, with a fifth of all segments among them.
  const long = Math.max(1, Math.floor(recordings / 100))
  const perLong = Math.floor((0.2 * segments) / long)
  const perShort = Math.floor((segments - long * perLong) / Math.max(1, recordings - long))
  const titles = sql`(array[${sql.join(patterns.map((pattern) => sql.lit(pattern)))}])`
  const rows = sql`generate_series(1, ${sql.lit(recordings)}) n`
  await sql`
    insert into recordings (title, path, content_hash, size_bytes, duration_seconds, info, created_at, created_by, updated_by)
    select replace(${titles}[1 + n % ${sql.lit(patterns.length)}], '#', n::text), '/recordings/' || n || '.mp4', ${hashOf('n')},
      1000000 + n, length * 4 + 10, jsonb_set(${info}::jsonb, '{duration}', to_jsonb(length * 4 + 10)),
      now() - make_interval(mins => n * 50), 'cli', 'cli'
    from ${rows}, lateral (select case when n % 100 = 1 then ${sql.lit(perLong)} else ${sql.lit(perShort)} end as length) as made`.execute(
    db,
  )
  await sql`
    insert into transcripts (recording_id, duration_seconds, version, current, fingerprint, origin, language, warnings, segment_count, created_by)
    select id, duration_seconds, 1, true, 'seeded', '{"kind":"local","name":"whisper","format":null}', 'en', '[]',
      ((duration_seconds - 10) / 4)::int, 'system' from recordings`.execute(db)
  await seedSegments(db, zipfSentences())
  for (const statement of [...found, ...made, ...worked]) await statement.execute(db)
  await sql`vacuum (analyze)`.execute(db)
}

/** Titles as people give them, in several languages; # is a number. */
const patterns = [
  'Episode #: The night bakery',
  'The Long Pause – episode #',
  'Interview with the mayor, part #',
  'Folge #: Brot und Zeit',
  'Gespräch über Städte (#)',
  'Épisode #: les oiseaux de nuit',
  'Capítulo #: el mercado y la lluvia',
  'Odcinek #: długa droga do domu',
  'Выпуск #: ночной поезд',
  '第 # 集：城市之声',
  'الحلقة #: قصة المدينة',
  'Weekly standup #',
]

const info = JSON.stringify({
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  sizeBytes: 1_000_000,
  duration: 1,
  video: {
    streamIndex: 0,
    codec: 'h264',
    width: 1920,
    height: 1080,
    rotation: 0,
    frameRate: 25,
    variableFrameRate: false,
    interlaced: false,
    hdr: false,
    startTime: 0,
  },
  coverArt: null,
  audio: [{ streamIndex: 1, codec: 'aac', channels: 2, sampleRate: 48_000, language: 'en', title: null, startTime: 0 }],
  subtitles: [],
  warnings: [],
})

function hashOf(expression: string) {
  return sql.raw(`encode(sha256((${expression})::text::bytea), 'hex')`)
}

const detector = `{"rung":"ranker","name":"hand-set","version":"1"}`
const features = `{"hook":0.8,"emotion":0.61,"novelty":0.4,"specifics":0.2,"position":0.5,"pace":0.7}`
const reasons = JSON.stringify([
  { feature: 'hook', text: 'Opens with a scene: a time, a place, a mistake', weight: 0.31 },
  { feature: 'questionAnswer', text: 'A question is asked and answered inside the clip', weight: 0.22 },
  { feature: 'emotion', text: 'Strong words of loss and relief', weight: 0.17 },
])

const found = [
  sql`
    insert into analyses (recording_id, duration_seconds, fingerprint, loudness_step_seconds, integrated_lufs, warnings)
    select id, duration_seconds, 'seeded', 0.5, -17, '[]' from recordings`,
  sql`
    insert into detections (recording_id, duration_seconds, transcript_id, analysis_id, mode, settings, candidate_count, curve, created_at)
    select transcripts.recording_id, transcripts.duration_seconds, transcripts.id, analyses.id, 'highlights', '{"count":6}', 200,
      (select jsonb_build_object('step', 1, 'values', jsonb_agg(round(random()::numeric, 3))) from generate_series(1, 300)), recordings.created_at
    from transcripts join analyses using (recording_id) join recordings on recordings.id = recording_id`,
  sql`
    insert into moments (detection_id, duration_seconds, rank, start_seconds, end_seconds, score, confidence, genre, title, text, first_segment,
      last_segment, features, reasons, detector)
    select id, duration_seconds, rank, rank * 8, rank * 8 + 20, 1 - rank * 0.1, 0.66, 'story', 'The night the whole archive was gone',
      repeat('So it is three in the morning and I type the one command you must never type. ', 3), rank * 2, rank * 2 + 5,
      ${features}::jsonb, ${reasons}::jsonb, ${detector}::jsonb
    from detections, generate_series(1, 6) rank`,
]

const made = [
  sql`
    insert into clips (recording_id, natural_key, moment_id, title, created_at, created_by, updated_by)
    select detections.recording_id, start_seconds || '-' || end_seconds, moments.id, moments.title, detections.created_at, 'system', 'system'
    from moments join detections on detections.id = detection_id where rank <= ${sql.lit(clipsEach)}`,
  sql`
    insert into renderings (key, path, sha256, size_bytes, duration_seconds, width, height, report)
    select ${hashOf("clips.id || ':' || version")}, 'renderings/' || clips.id || '.mp4', ${hashOf("clips.id || '-' || version")}, 6000000, 20, 1080,
      1920, '{"loudness":-14}' from clips, generate_series(1, 2) version where version = 1 or hashtext(clips.id::text) % 10 = 0`,
  sql`
    insert into clip_versions (clip_id, version, content_hash, edit, style, framing, rendering_key, created_by)
    select clips.id, version, ${hashOf("clips.id || ':' || version")}, '{"ranges":[{"start":8,"end":28}]}',
      '{"aspect":"9:16","captions":"pop"}', '{"aspect":"9:16","scenes":[]}', ${hashOf("clips.id || ':' || version")}, 'system'
    from clips, generate_series(1, 2) version where version = 1 or hashtext(clips.id::text) % 10 = 0`,
  sql`
    insert into feedback (recording_id, duration_seconds, clip_id, moment_id, start_seconds, end_seconds, mode, features, detector, verdict, stars,
      created_by, updated_by)
    select clips.recording_id, moments.duration_seconds, clips.id, moments.id, moments.start_seconds, moments.end_seconds, 'highlights',
      moments.features, moments.detector, verdict, case when verdict = 'stars' then 4 end, 'http', 'http'
    from clips join moments on moments.id = clips.moment_id,
      lateral (select (array['keep', 'discard', 'stars'])[1 + abs(hashtext(clips.id::text)) % 3] as verdict) as said
    where hashtext(clips.id::text) % 6 = 0`,
]

const error = `{"code":"FFMPEG_FAILED","message":"ffmpeg could not cut this clip.","hint":"Look at the last lines.","retry":"later"}`
const holder = `{"host":"machine","bootId":"boot","pid":4242,"startTime":"1"}`

const settings = JSON.stringify({
  transcriptPath: null,
  mode: 'highlights',
  count: 6,
  minSeconds: 12,
  maxSeconds: 60,
  aspect: '9:16',
  captions: 'pop',
  out: '/clips',
})

const worked = [
  sql`
    insert into runs (recording_id, transcript_id, analysis_id, detection_id, moment_count, status, fingerprint, settings, error, completeness,
      created_at, created_by, finished_at)
    select detections.recording_id, transcript_id, analysis_id, detections.id, ${sql.lit(clipsEach)}, status, 'seeded ' || detections.id,
      jsonb_build_object('path', recordings.path, 'title', recordings.title) || ${settings}::jsonb, case when status = 'failed' then ${error}::jsonb end, 1,
      recordings.created_at, 'cli', recordings.created_at + interval '5 minutes'
    from detections join recordings on recordings.id = recording_id,
      lateral (select case abs(hashtext(detections.id::text)) % 100 when 0 then 'failed' when 1 then 'cancelled' else 'done' end as status) as ended`,
  sql`
    insert into steps (run_id, kind, subject, status, job_id, attempts, holder, progress, output, error, queued_at, started_at, finished_at)
    select runs.id, kind, subject, case when kind = 'cut' and subject = 1 and runs.status = 'failed' then 'failed' else 'done' end,
      gen_random_uuid(), 1, ${holder}::jsonb, '{"fraction":1,"message":"done"}', '{"some":"output"}',
      case when kind = 'cut' and subject = 1 and runs.status = 'failed' then ${error}::jsonb end,
      runs.created_at, runs.created_at, runs.finished_at
    from runs, lateral (
      select kind, 0 as subject from unnest(array['ingest', 'transcribe', 'analyze', 'detect', 'conclude']) kind
      union all select kind, subject from unnest(array['reframe', 'cut']) kind, generate_series(1, ${sql.lit(clipsEach)}) subject) as each`,
  sql`
    insert into failed_attempts (step_id, job_id, attempt, error, started_at)
    select id, job_id, 1, error, started_at from steps where status = 'failed'`,
  sql`
    insert into boss.job (name, data, created_on)
    select 'dead-letters', jsonb_build_object('stepId', id), finished_at from steps where status = 'failed'`,
  sql`
    insert into events (at, severity, component, name, message, data, run_id, recording_id)
    select runs.created_at, (array['info', 'info', 'info', 'warn', 'error'])[n], 'detect', 'detection.performance', 'Six moments were found.',
      '{"seconds":1.5,"moments":6}', runs.id, recording_id
    from runs, generate_series(1, 5) n order by runs.created_at`,
  sql`
    insert into boss.job (name, data, state, group_id, created_on, started_on, completed_on)
    select kind, jsonb_build_object('stepId', id), 'completed', run_id::text, now() - interval '1 day', now() - interval '1 day',
      now() - interval '1 hour' from steps where status = 'done' limit 20000`,
]

import type { Kysely } from 'kysely'
import type { Settings } from '../../config/settings.ts'
import type { Tables } from '../../database/tables.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import type { TranscribeMode } from '../../domain/transcript.ts'
import type { Media } from '../../media/create-media.ts'
import type { TranscribableRecording, Transcriber } from '../../pipeline/transcribe/transcriber.ts'
import { type ListeningOptions, listening } from '../transcribers/listening.ts'
import { announced } from './services/announced.ts'
import { serviceEngine } from './services/service-engine.ts'
import { groupRungs, type ServiceGroup } from './services/service-groups.ts'
import { rungsOf, serviceLimitsOf, setupsOfService } from './services/services-of.ts'
import { standInEngine } from './services/stand-in-engine.ts'
import { sayWaysOut } from './services/ways-out.ts'
import { speechLadder } from './speech-ladder.ts'

export interface SpeechOptions {
  settings: Settings
  /** What the person asked for; `auto` unless told. */
  mode?: TranscribeMode | undefined
  db: Kysely<Tables>
  media: Media
  recordingId: string | null
  runId: string | null
  findSilences: (request: { path: string; info: MediaInfo; media: Media }) => Promise<TimeRange[]>
  /** The engine on this machine; null when none can be had here. */
  local: Pick<ListeningOptions, 'name' | 'engine' | 'refine' | 'wayOut'> | null
}

/**
 * Who listens to a recording that has no transcript, as the settings and the person want it: the model on this machine, services by key, or nobody.
 * @throws SettingsInvalid when they are set up wrongly
 */
export function findSpeech({ settings, mode = 'auto', local, ...options }: SpeechOptions): Transcriber {
  const rungs = rungsOf(settings, mode)
  const groups = groupRungs(rungs, (service) => setupsOfService(service, settings))
  const transcribers = groups.flatMap((group, index) => {
    if (group !== 'local')
      return [serviceTranscriber(group, { ...options, settings, isLast: index === groups.length - 1 })]
    return local === null ? [] : [listening({ ...options, ...local, kind: 'local' })]
  })
  return { ...speechLadder(transcribers), wayOut: waysOut }

  function waysOut(recording: TranscribableRecording): string | null {
    if (recording.info.audio.length === 0) return null
    const services = sayWaysOut({ settings, mode, duration: recording.info.duration })
    const ways = [rungs.includes('local') ? (local?.wayOut(recording) ?? null) : null, services]
    return ways.filter((way) => way !== null).join('\n') || null
  }
}

type ServiceTranscriber = Omit<SpeechOptions, 'mode' | 'local'> & { isLast: boolean }

function serviceTranscriber(group: ServiceGroup, { settings, isLast, ...options }: ServiceTranscriber): Transcriber {
  const { db, recordingId, runId } = options
  const limits = serviceLimitsOf(settings)
  const engineFor = ({ info }: TranscribableRecording) => {
    const [first, ...others] = group.map((setup, index) => {
      const nobodyAfter = isLast && index === group.length - 1
      const about = { db, limits, recordingId, runId, recordingSeconds: info.duration, isLast: nobodyAfter }
      return { engine: serviceEngine(setup, about), label: setup.label }
    })
    return first === undefined ? null : standInEngine([first, ...others])
  }
  const transcriber = listening({
    ...options,
    name: group[0].service,
    kind: 'cloud',
    engine: async (recording) => engineFor(recording),
    wayOut: () => null,
  })
  return announced(transcriber, { ...options, setup: group[0] })
}

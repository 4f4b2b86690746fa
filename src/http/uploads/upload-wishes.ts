import { z } from 'zod'
import { BadRequest } from '../problem.ts'
import { choiceProblems, type RunChoices, runChoices } from '../runs/run-choices.ts'
import { shownFileName, titleOfFileName } from './title-of-file.ts'

/** What comes beside the bytes. */
export interface UploadWishes {
  kind: 'recording' | 'transcript' | 'asset'
  title: string
  fileName: string
  /** What its run is asked, as `POST /api/v1/runs` takes it. */
  settings: RunChoices
  /** The upload that is its transcript. */
  transcriptId: string | null
}

const kind = z.enum(['recording', 'transcript', 'asset'])

/**
 * What the fields of a form or the metadata of tus say. Fields we don't know are those that clients add of themselves and are let be.
 * @throws BadRequest
 */
export function wishesOf(fields: ReadonlyMap<string, string>): UploadWishes {
  const name = fields.get('filename') ?? fields.get('name') ?? ''
  const said = kind.safeParse(fields.get('kind') ?? 'recording')
  if (!said.success) throw new BadRequest([{ path: 'kind', message: 'must be recording, transcript or asset' }])
  const transcript = fields.get('transcript')
  const id = z.uuid().safeParse(transcript)
  if (transcript !== undefined && !id.success)
    throw new BadRequest([{ path: 'transcript', message: 'must be the id of an upload' }])
  return {
    kind: said.data,
    title: titleOfFileName(fields.get('title') ?? name),
    fileName: shownFileName(name),
    settings: parseSettings(fields.get('settings')),
    transcriptId: id.success ? id.data : null,
  }
}

/** @throws BadRequest */
function parseSettings(text = '{}'): RunChoices {
  const parsed = runChoices.safeParse(asJson(text))
  if (!parsed.success)
    throw new BadRequest(
      parsed.error.issues.map(({ path, message }) => ({ path: ['settings', ...path].join('/'), message })),
    )
  const problems = choiceProblems(parsed.data)
  if (problems.length > 0)
    throw new BadRequest(problems.map(({ path, message }) => ({ path: `settings/${path}`, message })))
  return parsed.data
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadRequest([{ path: 'settings', message: 'must be JSON' }])
  }
}

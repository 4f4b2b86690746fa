import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ModelUnknown } from './model-errors.ts'

/** A name inside the model's folder: no way out of it. */
const fileName = z.string().regex(/^[\w][\w.-]*$/)

const download = z.object({
  url: z.url({ protocol: /^(?:https?|file)$/ }),
  /** Exact length; null where nobody published it. */
  bytes: z.number().int().positive().nullable(),
  /** In hexadecimal; null where nobody published it: then it is unverified. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** `none`: the file itself is the model. */
  unpack: z.enum(['tar.bz2', 'tar.gz', 'tar', 'zip', 'none']),
  /** Folders to leave out at the start of each path in it. */
  strip: z.number().int().nonnegative(),
})

const entry = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** What it does: hears words, tells speakers apart, sets punctuation, finds faces. */
  task: z.enum(['hear', 'speakers', 'punctuate', 'faces']),
  goodFor: z.string(),
  licence: z.string(),
  licenceUrl: z.url(),
  /** Two letters or three; `*` for any. */
  languages: z.array(z.string()).min(1),
  /** Of several for one task the lowest is the best. */
  rank: z.number().int().positive(),
  downloads: z.array(download).min(1),
  /** About what everything in its archives takes on the disk; also the most that is unpacked, with some air. */
  unpackedBytes: z.number().int().positive(),
  /** The files that are kept, by their part in the model. */
  files: z.record(z.string(), fileName),
  /** How the engine runs it, and the longest sound it hears well at once, in seconds. */
  engine: z
    .object({
      kind: z.enum(['nemo-transducer', 'whisper', 'moonshine', 'moonshine-v2']),
      longest: z.number().positive(),
    })
    .optional(),
  /** Where its only file goes in the folder of models, when it is not in a folder of its own. */
  place: fileName.optional(),
})

export type ModelEntry = Readonly<z.infer<typeof entry>>
export type ModelDownload = ModelEntry['downloads'][number]
export type ModelTask = ModelEntry['task']

const manifest = z.object({ version: z.literal(1), models: z.array(entry) })

let known: readonly ModelEntry[] | undefined

/**
 * The models we know where to get, in the order of the file. Lengths and checksums are those of the releases (`checksum.txt` of
 * the sherpa-onnx releases, the LFS pointers of the OpenCV zoo).
 */
export function knownModels(): readonly ModelEntry[] {
  known ??= readManifest(readFileSync(new URL('./model-manifest.json', import.meta.url), 'utf8'))
  return known
}

/** @throws ZodError when it is not a manifest */
export function readManifest(text: string): readonly ModelEntry[] {
  return manifest.parse(JSON.parse(text)).models
}

/** @throws ModelUnknown */
export function knownModel(name: string, models: readonly ModelEntry[] = knownModels()): ModelEntry {
  const found = models.find((model) => model.name === name)
  if (!found)
    throw new ModelUnknown(
      name,
      models.map((model) => model.name),
    )
  return found
}

/** Whether its content can be told from any other before it is used. */
export function isVerifiable({ downloads }: ModelEntry): boolean {
  return downloads.every(({ sha256 }) => sha256 !== null)
}

/** Bytes to fetch; null where that is not known. */
export function downloadBytes({ downloads }: ModelEntry): number | null {
  let sum = 0
  for (const { bytes } of downloads) {
    if (bytes === null) return null
    sum += bytes
  }
  return sum
}

import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import type { Brand, BrandBookend, BrandFile } from '../../../../domain/brand.ts'
import { sayFileError } from '../../../../domain/say-file-error.ts'
import type { Media } from '../../../../media/create-media.ts'
import { brandFileSchema } from '../../../brand-settings.ts'
import { BrandFileUnusable } from './brand-errors.ts'
import { checkBookend } from './check-bookend.ts'
import { type Asset, checkFont, checkLogo } from './check-media.ts'
import { lineOfField, lineOfMistake } from './line-of-field.ts'

interface BrandRequest {
  /** Absolute. */
  path: string
  media: Media
}

/** Ten times the largest sensible one. */
const mostBytes = 200_000
/** More are not read anyway. */
const mostProblems = 5

/**
 * Reads a brand and looks at every file it names, so that whatever is wrong is told before anything is started.
 * @throws BrandFileUnusable naming the first problems at once, by line and field; BrandMediaUnusable; the signal's reason
 */
export async function readBrandFile({ path, media }: BrandRequest): Promise<Brand> {
  const text = await readText(path)
  const parsed = brandFileSchema.safeParse(parseJson(path, text))
  if (!parsed.success) throw new BrandFileUnusable({ path, problems: sayProblems(parsed.error, text) })
  const { fonts, colours, logo, intro, outro, lowerThird, progressBar, hookTitle } = parsed.data
  const asset = (...field: string[]) => assetOf({ path, text, media, field })
  const font = async (name: 'captions' | 'titles') =>
    fonts[name] === undefined ? undefined : checkFont(asset('fonts', name)(fonts[name]))
  const bookend = async (name: 'intro' | 'outro'): Promise<BrandBookend | undefined> => {
    const asked = { intro, outro }[name]
    return asked && { ...(await checkBookend(asset(name, 'file')(asked.file), asked.seconds)), fit: asked.fit }
  }
  const logoFile: BrandFile | undefined = logo && (await checkLogo(asset('logo', 'file')(logo.file)))
  return {
    fonts: leaveOut({ captions: await font('captions'), titles: await font('titles') }),
    colours: leaveOut(colours),
    ...leaveOut({
      logo: logo && logoFile && { ...logo, file: logoFile },
      intro: await bookend('intro'),
      outro: await bookend('outro'),
      lowerThird,
      progressBar,
      hookTitle,
    }),
  }
}

/** Stored and hashed as JSON, what is undefined and what is absent must be the same. */
function leaveOut<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
}

function assetOf({ path, text, media, field }: BrandRequest & { text: string; field: string[] }) {
  const line = lineOfField(text, field)
  const name = `${field.filter((part) => part !== 'file').join(', ')}${line === null ? '' : ` (line ${line})`}`
  return (file: string): Asset => ({ field: name, path: resolve(dirname(path), file), given: file, media })
}

async function readText(path: string): Promise<string> {
  try {
    const file = await stat(path)
    if (!file.isFile()) throw new BrandFileUnusable({ path, problems: ['it is no file'] })
    if (file.size <= mostBytes) return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  } catch (cause) {
    if (cause instanceof BrandFileUnusable) throw cause
    throw new BrandFileUnusable({ path, problems: [sayFileError(cause, 'read')], cause })
  }
  throw new BrandFileUnusable({ path, problems: ['it is far too large for a brand'] })
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // The parser says where for most mistakes, not for all.
    const at = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1]
    const number = at === undefined ? lineOfMistake(text) : text.slice(0, Number(at)).split('\n').length
    const line = number === null ? '' : `line ${number}: `
    throw new BrandFileUnusable({ path, problems: [`${line}it is not JSON`], cause })
  }
}

function sayProblems({ issues }: z.ZodError, text: string): string[] {
  const problems = issues.slice(0, mostProblems).map((issue) => {
    const strangers = issue.code === 'unrecognized_keys' ? issue.keys : []
    const field = [...issue.path, ...strangers.slice(0, 1)]
    const line = lineOfField(text, field)
    const place = [...(line === null ? [] : [`line ${line}`]), ...issue.path.map(String)].join(', ')
    const message = strangers.length > 0 ? `there is no field ${strangers.join(', ')} here` : issue.message
    return place === '' ? message : `${place}: ${message}`
  })
  const left = issues.length - problems.length
  return left > 0 ? [...problems, `and ${left} more`] : problems
}

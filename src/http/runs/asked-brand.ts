import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Brand } from '../../domain/brand.ts'
import type { Media } from '../../media/create-media.ts'
import { brandFileSchema } from '../../pipeline/brand-settings.ts'
import { readBrandFile } from '../../pipeline/cut/brand/files/read-brand-file.ts'
import type { NamedFiles } from './named-files.ts'

/** What a brand file says, with uploads of the kind asset or absolute paths where it names files. */
export const askedBrand = brandFileSchema.describe(
  'As a brand file has it (docs/guide/brand.md); its files are ids of uploads of the kind asset, or absolute paths on that machine.',
)
type AskedBrand = z.output<typeof askedBrand>

interface Reading {
  files: NamedFiles
  media: Media
  dataFolder: string
}

/** The brand, with every file looked at. @throws BrandMediaUnusable | UploadNotUsable | PathNotAllowed */
export async function brandOf(asked: AskedBrand, { files, media, dataFolder }: Reading): Promise<Brand> {
  const folder = join(dataFolder, 'brands')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${randomUUID()}.json`)
  try {
    // Read as the command line reads one, so that both take the same things and refuse them in the same words.
    await writeFile(path, JSON.stringify(await withPlaces(asked, files), null, 1))
    return await readBrandFile({ path, media })
  } finally {
    await rm(path, { force: true })
  }
}

async function withPlaces(asked: AskedBrand, files: NamedFiles): Promise<object> {
  const { fonts, logo, intro, outro } = asked
  const placed = async <Part extends { file: string }>(part: Part) => ({ ...part, file: await files.pathOf(part.file) })
  return {
    ...asked,
    fonts: {
      ...(fonts.captions !== undefined && { captions: await files.pathOf(fonts.captions) }),
      ...(fonts.titles !== undefined && { titles: await files.pathOf(fonts.titles) }),
    },
    ...(logo && { logo: await placed(logo) }),
    ...(intro && { intro: await placed(intro) }),
    ...(outro && { outro: await placed(outro) }),
  }
}

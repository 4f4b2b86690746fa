import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Brand, BrandFile } from '../../../domain/brand.ts'
import { sha256OfFile } from '../../../media/sha256-of-file.ts'
import type { FontFace } from '../captions/font-face.ts'
import { type BrandPalette, brandPalette } from './colours/brand-palette.ts'
import { BrandMediaChanged } from './files/brand-errors.ts'
import { brandFont } from './files/brand-font.ts'

/** Goes into rendering keys: raise it with every change of what a brand draws or plays. */
export const brandVersion = '2'

/** A brand ready to be drawn with. */
export interface OpenBrand {
  brand: Brand
  palette: BrandPalette
  /** Null for the usual ones. */
  fonts: { captions: FontFace | null; titles: FontFace | null }
}

/** Opens what a clip's brand needs, after a look whether its files are still what they were. @throws BrandMediaChanged */
export async function openBrand(brand: Brand): Promise<OpenBrand> {
  const { captions, titles = captions } = brand.fonts
  for (const part of [brand.logo, brand.intro, brand.outro]) if (part) await checkUnchanged(part.file)
  return {
    brand,
    palette: brandPalette(brand.colours),
    fonts: { captions: captions ? await openFont(captions) : null, titles: titles ? await openFont(titles) : null },
  }
}

async function openFont(file: BrandFile): Promise<FontFace> {
  const bytes = await unlessGone(file, () => readFile(file.path))
  if (createHash('sha256').update(bytes).digest('hex') !== file.sha256) throw new BrandMediaChanged(file.path)
  return brandFont(bytes)
}

async function checkUnchanged(file: BrandFile): Promise<void> {
  const sha256 = await unlessGone(file, () => sha256OfFile(file.path))
  if (sha256 !== file.sha256) throw new BrandMediaChanged(file.path)
}

async function unlessGone<T>({ path }: BrandFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    throw new BrandMediaChanged(path, cause)
  }
}

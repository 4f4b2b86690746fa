import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The packages of one binary per platform, both optional: npm leaves them out where they don't exist. */
const packages = { ffmpeg: '@ffmpeg-installer', ffprobe: '@ffprobe-installer' } as const

/**
 * Path of the program that came from npm for this platform, or null. Found by the package's folder, not by asking the
 * package: its own code throws where the platform is unknown.
 */
export function findNpmTool(tool: 'ffmpeg' | 'ffprobe'): string | null {
  const scope = packages[tool]
  const binary = process.platform === 'win32' ? `${tool}.exe` : tool
  try {
    const fromHere = createRequire(import.meta.url)
    // The platform's package may lie inside the wrapper's own folder, so look from there.
    const fromWrapper = createRequire(fromHere.resolve(`${scope}/${tool}/package.json`))
    const manifest = fromWrapper.resolve(`${scope}/${process.platform}-${process.arch}/package.json`)
    return join(dirname(manifest), binary)
  } catch {
    return null
  }
}

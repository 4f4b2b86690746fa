export interface ToolVersion {
  version: string
  year: number | null
  /** What the build is made of, without the folders it was built for. */
  build: string
}

/** Reads what `ffmpeg -version` or `ffprobe -version` prints; null when it is something else. */
export function parseToolVersion(tool: 'ffmpeg' | 'ffprobe', output: string): ToolVersion | null {
  const [first, ...others] = output.split(/\r?\n/)
  const version = new RegExp(`^${tool} version (\\S+)`).exec(first ?? '')?.[1]
  if (version === undefined) return null
  const year = /Copyright \(c\) (?:\d{4}-)?(\d{4})/.exec(first ?? '')?.[1]
  const build = [first, ...others.map(withoutFolders)].join('\n').trim()
  return { version, year: year === undefined ? null : Number(year), build }
}

/** `--prefix=/usr` and the like differ between places, not between what the program does. */
function withoutFolders(line: string): string {
  return line.replace(/ --[a-z-]*(?:prefix|dir|cflags|ldflags)=(?:'[^']*'|\S+)/g, '').trimEnd()
}

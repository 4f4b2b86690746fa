/** Where a program was found: named by a setting, on the system's search path, or in a package from npm. */
export type ToolSource = 'setting' | 'system' | 'npm'

export interface Tool {
  path: string
  /** As the program names it, e.g. `5.1.9-0+deb12u1`. */
  version: string
  /** Year of the build, from its copyright line; null when it does not say. */
  year: number | null
  source: ToolSource
  /** Added to the environment whenever it runs. */
  env: Record<string, string>
}

/** What this ffmpeg can do. Video encoding with libx264 and captions with `ass` are always there, else it is not taken. */
export interface Capabilities {
  /** Names of all filters. */
  filters: ReadonlySet<string>
  /** Names of all encoders. */
  encoders: ReadonlySet<string>
  ass: boolean
  libx264: boolean
  /** Scene detection with times and scores; `select='gt(scene,…)'` stands in for it. */
  scdet: boolean
  ebur128: boolean
  loudnorm: boolean
  silencedetect: boolean
  gblur: boolean
  boxblur: boolean
  /** Both are needed to turn HDR into ordinary colours. */
  zscale: boolean
  tonemap: boolean
}

/** The ffmpeg and ffprobe of this process, looked at once. */
export interface MediaTools {
  ffmpeg: Tool
  ffprobe: Tool
  capabilities: Capabilities
  /** Sentences for people, e.g. about the age of the build. */
  warnings: string[]
  /** Changes when the build of ffmpeg or ffprobe does, not when it moves; part of the keys of remembered results. */
  fingerprint: string
}

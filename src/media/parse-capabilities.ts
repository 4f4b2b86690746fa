import type { Capabilities } from './media-tools.ts'

/** Reads what `ffmpeg -filters` and `ffmpeg -encoders` print. */
export function parseCapabilities({ filters, encoders }: { filters: string; encoders: string }): Capabilities {
  const names = filterNames(filters)
  const encoderSet = encoderNames(encoders)
  return {
    filters: names,
    encoders: encoderSet,
    ass: names.has('ass'),
    libx264: encoderSet.has('libx264'),
    scdet: names.has('scdet'),
    ebur128: names.has('ebur128'),
    loudnorm: names.has('loudnorm'),
    silencedetect: names.has('silencedetect'),
    gblur: names.has('gblur'),
    boxblur: names.has('boxblur'),
    zscale: names.has('zscale'),
    tonemap: names.has('tonemap'),
  }
}

/** Lines such as ` T.C gblur             V->V       Apply Gaussian Blur filter.` */
function filterNames(output: string): Set<string> {
  return new Set(output.split('\n').flatMap((line) => /^\s*[A-Z.]{2,3}\s+(\S+)\s+\S+->\S+/.exec(line)?.[1] ?? []))
}

/** Lines such as ` V....D libx264              libx264 H.264 / AVC …`; the legend above them reads ` V..... = Video`. */
function encoderNames(output: string): Set<string> {
  return new Set(output.split('\n').flatMap((line) => /^\s*[VAS][A-Z.]{5}\s+([^=\s]\S*)/.exec(line)?.[1] ?? []))
}

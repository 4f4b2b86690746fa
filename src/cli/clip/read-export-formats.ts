import { z } from 'zod'
import { type ExportFormat, exportFormats } from '../../pipeline/export-formats.ts'

/** What `--export edl,fcpxml` or `--format …` lists: each once, in our order. */
export function exportFormatList(option: string) {
  const problem = `--${option} takes ${exportFormats.join(', ')}, with commas between them.`
  return z.string().transform((text, context): ExportFormat[] => {
    const asked = new Set(
      text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    const known = exportFormats.filter((format) => asked.delete(format))
    if (asked.size === 0 && known.length > 0) return known
    context.addIssue({ code: 'custom', message: problem })
    return z.NEVER
  })
}

/** What can be written for editors; SRT and WebVTT are always beside the clips. */
export const exportFormats = ['edl', 'fcpxml', 'otio', 'ass'] as const
export type ExportFormat = (typeof exportFormats)[number]

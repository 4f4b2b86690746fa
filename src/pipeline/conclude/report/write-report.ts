import { createHash } from 'node:crypto'
import type { MomentsDocument } from '../moments-document.ts'
import { escapeHtml } from './escape-html.ts'
import { type ExcerptLine, reportCard } from './report-card.ts'
import { reportChapters } from './report-chapters.ts'
import { reportCurve } from './report-curve.ts'
import { reportHeader } from './report-header.ts'
import { reportScript } from './report-script.ts'
import { reportStyle } from './report-style.ts'

export type { ExcerptLine }

export interface ReportOptions {
  /** What is said in each clip, line by line, by rank; a clip without lines shows its moment's text. */
  transcriptExcerpts: ReadonlyMap<number, readonly ExcerptLine[]>
}

/**
 * `report.html`: one page that needs nothing but the clips beside it, from disk or from any web server. Everything that
 * came from outside is escaped, and the content policy allows only this page's own style and script (by hash) and media
 * of its own folder, so what slipped through would still be inert.
 */
export function writeReport(document: MomentsDocument, { transcriptExcerpts }: ReportOptions): string {
  const curve = reportCurve(document)
  const style = `${reportStyle}\n${curve.css}\n`
  const cards = document.moments.map((moment) => reportCard(moment, transcriptExcerpts.get(moment.rank) ?? []))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(document.recording.name)} – clips</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect x='4' y='1' width='8' height='14' rx='2' fill='%23e0562b'/%3E%3C/svg%3E">
<style>${style}</style>
</head>
<body class="aspect-${document.run.aspect.replace(':', 'x')}">
<a class="skip" href="#clips">To the clips</a>
<div class="page">
${reportHeader(document)}
${curve.html}
${reportChapters(document)}
<main id="clips">
${cards.length > 0 ? `<h2 class="unseen">Clips</h2>${cards.join('\n')}` : nothingFound(document)}
</main>
<footer><p>Made by Clipwright on its user’s own machine. This page loads nothing from the network.</p></footer>
</div>
<script>${reportScript}</script>
</body>
</html>
`
}

/** `file:` because a page from disk has no origin of its own that `'self'` could mean everywhere. */
function contentPolicy(style: string): string {
  return [
    "default-src 'none'",
    `style-src ${hashSource(style)}`,
    `script-src ${hashSource(reportScript)}`,
    "img-src 'self' file: data:",
    "media-src 'self' file:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function nothingFound({ shortfall, run }: MomentsDocument): string {
  return `<section class="nothing"><h2>Why there are no clips</h2><p>${escapeHtml(shortfall ?? 'Nothing in this recording stood out.')}</p><p class="try">Another try may find some: ${run.query === null ? '' : 'ask in other words, '}allow other lengths (now ${run.min} to ${run.max}\u00a0s), or choose another mode (now ${run.mode}).</p></section>`
}

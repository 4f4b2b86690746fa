import { open } from 'node:fs/promises'

/** How playlists and scripts of ffmpeg begin: HLS, concat, DASH, SDP, PLS, ASX/SMIL. */
const beginnings = /^\uFEFF?\s*(?:#EXTM3U|ffconcat|(?:<\?xml[^>]*>\s*)?<(?:MPD|smil|asx)\b|v=0\s+o=|\[playlist\])/i
const HEAD_BYTES = 512

/**
 * True for a file that only names other files or addresses. Builds of ffmpeg differ in whether they see that behind a media
 * name; none of them follows it, this only makes the answer say what is wrong.
 */
export async function looksLikeList(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return beginnings.test(buffer.toString('utf8', 0, bytesRead))
  } finally {
    await file.close()
  }
}

import { readFile, writeFile } from 'node:fs/promises'
import { makeVideo } from './make-media.ts'

/** An mp4 whose copying was cut off: its index (`moov`) would have come at its end. */
export async function cutOffBeforeIndex(to: string): Promise<string> {
  const bytes = await readFile(await makeVideo({ seconds: 2 }))
  await writeFile(to, bytes.subarray(0, bytes.indexOf('moov') - 4))
  return to
}

/** The same recording as other content: a box that players skip is added at the end. ISO/IEC 14496-12, 8.1.2. */
export async function differentCopy(path: string, { to, mark }: { to: string; mark: string }): Promise<string> {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(8 + Buffer.byteLength(mark))
  await writeFile(to, Buffer.concat([await readFile(path), size, Buffer.from(`free${mark}`)]))
  return to
}

/**
 * Files that only name another file or address, in all the ways ffmpeg knows, by the letters that tell them. Each names
 * every one of the targets that it can.
 */
export function listsNaming({ file, url }: { file: string; url: string }): Record<string, string> {
  return {
    'HLS playlist': `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${file}\n#EXTINF:5,\n${url}/a.ts\n#EXT-X-ENDLIST\n`,
    'HLS playlist with a key': `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXT-X-KEY:METHOD=AES-128,URI="${url}/key"\n#EXT-X-MAP:URI="${file}"\n#EXTINF:5,\n${url}/b.ts\n#EXT-X-ENDLIST\n`,
    'concat script': `ffconcat version 1.0\nfile '${file}'\nfile '${url}/c.mp4'\n`,
    'DASH manifest': `<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT5S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1000"><BaseURL>${url}/d.mp4</BaseURL><SegmentBase><Initialization sourceURL="${url}/e.mp4"/></SegmentBase></Representation></AdaptationSet></Period></MPD>\n`,
    'session description': `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n`,
    'PLS playlist': `[playlist]\nFile1=${file}\nFile2=${url}/f.mp3\nNumberOfEntries=2\n`,
    'XML with an outside entity': `<?xml version="1.0"?>\n<!DOCTYPE smil [<!ENTITY x SYSTEM "file://${file}">]>\n<smil><body><video src="${url}/g.mp4"/>&x;</body></smil>\n`,
    'MPEG reference': `[Reference]\nRef1=${url}/h.asf\nRef2=${file}\n`,
  }
}

import { join } from 'node:path'
import type { TimedRecording } from './festival-recording.ts'

/**
 * When each word begins, in seconds, in recordings of people whose text is known. Made by the forced alignment of CMU
 * pocketsphinx 0.8 (acoustic model en-us, a grammar of exactly the words that are said), which has nothing in common with ours;
 * `jfk.wav` in four pieces, cut in the middle of its silences (0–2.75, 2.75–4.75, 4.75–8, 8–11 s). Of eight words after a
 * pause ffmpeg's `silencedetect` (−32 dB) hears seven within 46 ms of these times, and one that begins with a soft h 71 ms later. Steps of 10 ms.
 */
const files: readonly { file: string; text: string; starts: number[]; captions: number[] }[] = [
  {
    file: 'jfk.wav',
    text: 'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.',
    starts: [
      ...[0.3, 0.64, 0.98, 1.25, 1.63, 3.26, 4, 5.38, 5.62, 5.86, 6.44],
      ...[6.67, 6.93, 7.06, 8.16, 8.54, 8.9, 9.21, 9.41, 9.69, 9.79, 10],
    ],
    captions: [5, 7, 14, 22],
  },
  {
    file: 'sense_and_sensibility_01_austen_64kb-0870.wav',
    text: 'and mister john dashwood had then leisure to consider how much there might be prudently in his power to do for them',
    starts: [
      ...[0.2, 0.37, 0.64, 1, 1.59, 1.83, 2.24, 2.72, 2.9, 3.45, 3.9],
      ...[4.33, 4.54, 4.79, 4.94, 5.45, 5.56, 5.76, 6.05, 6.15, 6.36, 6.62],
    ],
    captions: [9, 22],
  },
  {
    file: 'sense_and_sensibility_01_austen_64kb-0880.wav',
    text: 'he was not an ill disposed young man',
    starts: [0.24, 0.34, 0.57, 1.16, 1.31, 1.49, 2.13, 2.35],
    captions: [8],
  },
  {
    file: 'sense_and_sensibility_01_austen_64kb-0890.wav',
    text: 'unless to be rather cold hearted and rather selfish is to be ill disposed',
    starts: [0.26, 0.61, 0.71, 0.87, 1.24, 1.75, 2.23, 2.42, 2.79, 3.61, 3.89, 4, 4.19, 4.38],
    captions: [6, 14],
  },
  {
    file: 'sense_and_sensibility_01_austen_64kb-0920.wav',
    text: 'had he married a more a amiable woman he might have been made still more respectable than he was',
    starts: [
      ...[0.23, 0.45, 0.56, 0.99, 1.04, 1.43, 1.55, 2.03, 2.51, 2.74],
      ...[2.99, 3.2, 3.37, 3.71, 4.07, 4.27, 5.01, 5.14, 5.21],
    ],
    captions: [8, 19],
  },
  {
    file: 'sense_and_sensibility_01_austen_64kb-0930.wav',
    text: 'he might even have been made amiable himself',
    starts: [0.21, 0.39, 0.64, 0.93, 1.07, 1.33, 1.68, 2.27],
    captions: [8],
  },
]

/** The recordings in a folder of test media. Words end where the next one begins; the last ones after a third of a second. */
export function knownRecordings(folder: string): TimedRecording[] {
  return files.map(({ file, text, starts, captions }) => {
    const words = text.split(' ').map((word, index) => {
      const start = starts[index] ?? 0
      return { text: word, start, end: Math.min(starts[index + 1] ?? start + 0.35, start + 0.6) }
    })
    return {
      path: join(folder, file),
      captions: captions.map((to, index) => words.slice(captions[index - 1] ?? 0, to)),
    }
  })
}

import type { Detector } from './moment.ts'

/** What a version of the detector is called where it has to be one word: `hand-set@2`. */
export function detectorId({ name, version }: Pick<Detector, 'name' | 'version'>): string {
  return `${name}@${version}`
}

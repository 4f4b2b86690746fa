import { NoFastPath } from './choose-copy.ts'
import { kindOf, nalKinds } from './nal-units.ts'
import { parsePictureSet, parseSequence, type Sequence } from './parameter-sets.ts'

/** The parameter sets that a stream's pictures refer to by number: each number may stand for one set only, from first to last. */
export class ParameterSets {
  readonly #sequences = new Map<number, Buffer>()
  readonly #pictures = new Map<number, Buffer>()

  /** Notes the sets among these units. @throws NoFastPath when a number stands for something else than before */
  take(units: readonly Buffer[]): void {
    for (const unit of units) {
      if (kindOf(unit) === nalKinds.sequence) note(this.#sequences, parseSequence(unit).id, unit)
      if (kindOf(unit) === nalKinds.picture) note(this.#pictures, parsePictureSet(unit).id, unit)
    }
  }

  sequences(): Buffer[] {
    return [...this.#sequences.values()]
  }

  pictures(): Buffer[] {
    return [...this.#pictures.values()]
  }

  /** The recording's only sequence. @throws NoFastPath when there is none, or more than one */
  sequence(): Sequence {
    const [first, ...others] = this.sequences()
    if (!first || others.length > 0) throw new NoFastPath('The recording changes its way of coding.')
    return parseSequence(first)
  }

  /** Two numbers that stand for nothing yet. */
  freeIds(): [number, number] {
    // A sequence may have 0 to 31; x264 gives its picture set the same number.
    const free = Array.from({ length: 31 }, (_, i) => i + 1).filter(
      (id) => !this.#sequences.has(id) && !this.#pictures.has(id),
    )
    const [first, second] = free
    if (first === undefined || second === undefined) throw new NoFastPath('The recording has too many parameter sets.')
    return [first, second]
  }
}

function note(sets: Map<number, Buffer>, id: number, unit: Buffer): void {
  const known = sets.get(id)
  if (known && !known.equals(unit)) throw new NoFastPath('The recording changes its way of coding in this part.')
  sets.set(id, Buffer.from(unit))
}

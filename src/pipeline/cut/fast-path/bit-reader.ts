/** Reads the bits of a NAL unit's payload, with the emulation bytes (00 00 03) taken out. ITU-T H.264, 7.3.1 and 9.1. */
export class BitReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(payload: Uint8Array) {
    const bytes: number[] = []
    let zeros = 0
    for (const byte of payload) {
      if (zeros >= 2 && byte === 3) {
        zeros = 0
        continue
      }
      zeros = byte === 0 ? zeros + 1 : 0
      bytes.push(byte)
    }
    this.#bytes = Uint8Array.from(bytes)
  }

  bit(): number {
    const byte = this.#bytes[this.#at >> 3]
    if (byte === undefined) throw new RangeError('A parameter set ends in the middle.')
    return (byte >> (7 - (this.#at++ & 7))) & 1
  }

  bits(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) value = value * 2 + this.bit()
    return value
  }

  /** `ue(v)`: an unsigned number whose length its leading zeros tell. */
  unsigned(): number {
    let zeros = 0
    while (this.bit() === 0) if (++zeros > 31) throw new RangeError('A parameter set has a number that is too long.')
    return 2 ** zeros - 1 + this.bits(zeros)
  }

  /** `se(v)`: the same for signed numbers: 0, 1, −1, 2, −2 … */
  signed(): number {
    const code = this.unsigned()
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2
  }
}

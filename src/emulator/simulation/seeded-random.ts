import { hmacSha256 } from '#hmac'

/**
 * Random texts and numbers that follow from a seed: the same seed and the same label give the same value, in whatever
 * order the values are drawn.
 */
export class SeededRandom {
  readonly #counters: { readonly seed: string }

  constructor(counters: { readonly seed: string }) {
    this.#counters = counters
  }

  /** Letters and digits. */
  alphanumeric(label: string, length: number): string {
    return this.#draw(label, length, /[^A-Za-z0-9]/g)
  }

  /** Hexadecimal digits in lower case. */
  hex(label: string, length: number): string {
    return this.#draw(label, length, /[^0-9a-f]/g)
  }

  uuid(label: string): string {
    return this.hex(label, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }

  /** A number from 0 (included) to 1 (not included). */
  fraction(label: string): number {
    return Number.parseInt(this.hex(label, 12), 16) / 2 ** 48
  }

  /** The 64 characters of base64 are equally likely in a hash, and so are those that are kept. */
  #draw(label: string, length: number, unwanted: RegExp): string {
    let drawn = ''
    for (let block = 0; drawn.length < length; block += 1) {
      drawn += hmacSha256(this.#counters.seed, `${block} ${label}`).replace(unwanted, '')
    }
    return drawn.slice(0, length)
  }
}

import { hmacSha256 } from '#hmac'

/** What looks random and is not: the same seed and the same label give the same text, in whatever order they are asked for. */
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

  /** From 0, included, to 1, not included. */
  fraction(label: string): number {
    return Number.parseInt(this.hex(label, 12), 16) / 2 ** 48
  }

  /** Base64 is evenly spread over its 64 characters, and so over those of them that are kept. */
  #draw(label: string, length: number, unwanted: RegExp): string {
    let drawn = ''
    for (let block = 0; drawn.length < length; block += 1) {
      drawn += hmacSha256(this.#counters.seed, `${block} ${label}`).replace(unwanted, '')
    }
    return drawn.slice(0, length)
  }
}

/** An id that must be the key of a row in a table. */
export interface Reference {
  readonly path: string
  readonly table: string
  readonly id: string
}

/** Where something stands in a saved state, for the message of an error; and what it refers to, to be checked at the end. */
export class StatePath {
  readonly #path: string
  readonly references: Reference[]

  constructor(path: string, references: Reference[] = []) {
    this.#path = path
    this.references = references
  }

  member(name: string): StatePath {
    return new StatePath(`${this.#path}.${name}`, this.references)
  }

  item(index: number): StatePath {
    return new StatePath(`${this.#path}[${index}]`, this.references)
  }

  refer(table: string, id: string): void {
    this.references.push({ path: this.#path, table, id })
  }

  toString(): string {
    return this.#path
  }
}

/** An id in a saved state that must exist in a table. */
export interface Reference {
  readonly path: string
  readonly table: string
  readonly id: string
}

/** The path to a value in a saved state, for error messages. It collects the references, which are checked at the end. */
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

  /** Records that the value at this path is the id of a row in a table. */
  refer(table: string, id: string): void {
    this.references.push({ path: this.#path, table, id })
  }

  toString(): string {
    return this.#path
  }
}

/** Deliveries that are sent after a later one, because of the fault `deliveries.reordered`. */
export class DelayedDeliveries {
  #deliveries: (() => void)[] = []

  get isEmpty(): boolean {
    return this.#deliveries.length === 0
  }

  add(deliver: () => void): void {
    this.#deliveries.push(deliver)
  }

  /** Sends them all, the last one first: when every delivery is delayed, their order is reversed. */
  release(): void {
    for (const deliver of this.#deliveries.splice(0).reverse()) deliver()
  }
}

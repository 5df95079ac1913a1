/** Deliveries that let the one after them pass. */
export class DelayedDeliveries {
  #deliveries: (() => void)[] = []

  get isEmpty(): boolean {
    return this.#deliveries.length === 0
  }

  add(deliver: () => void): void {
    this.#deliveries.push(deliver)
  }

  /** Lets them go, the last one first: where all were held back, their order is turned around. */
  release(): void {
    for (const deliver of this.#deliveries.splice(0).reverse()) deliver()
  }
}

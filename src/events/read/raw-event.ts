/** A place in a delivery where an event stands. */
export interface Found {
  /** The key of the delivery that it stands under. */
  readonly key: string
  /** Its place in the array that stands there; `undefined` for what stands there by itself. */
  readonly index: number | undefined
  /** What stands there. */
  readonly value: unknown
  /** The subscribed account that the delivery is for. */
  readonly forUserId: string | undefined
  /** The whole delivery, for what stands beside the events: flags, users, apps. */
  readonly body: Readonly<Record<string, unknown>>
}

/** A place in a delivery where an event stands. */
export interface Found {
  /** The key of the delivery that it stands under. */
  readonly key: string
  /** Where it stands, from the outside in: `['follow_events', 0]`. */
  readonly path: readonly (string | number)[]
  /** What stands there. */
  readonly value: unknown
  /** The subscribed account that the delivery is for. */
  readonly forUserId?: string
  /** The whole delivery, for what stands beside the events: flags, users, apps. */
  readonly body: Readonly<Record<string, unknown>>
}

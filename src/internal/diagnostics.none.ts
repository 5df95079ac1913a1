/** The part of a channel of `node:diagnostics_channel` that this package uses. */
export interface Channel {
  /** Whether anything listens to the channel. */
  readonly hasSubscribers: boolean
  /** Sends a report to everything that listens. */
  readonly publish: (report: unknown) => void
}

const silent: Channel = { hasSubscribers: false, publish: () => {} }

/** The channel of a runtime without `node:diagnostics_channel`. It never has subscribers. */
export function channel(_name: string): Channel {
  return silent
}

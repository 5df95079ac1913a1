/** What a channel is to those who publish on it. */
export interface Channel {
  readonly hasSubscribers: boolean
  readonly publish: (report: unknown) => void
}

const silent: Channel = { hasSubscribers: false, publish: () => {} }

/** The channel of a runtime that has none: nobody listens. */
export function channel(_name: string): Channel {
  return silent
}

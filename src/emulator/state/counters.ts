/**
 * The seed, the position of the clock, and the counters that only increase. An emulator that starts from the same
 * counters generates the same ids, keys and bytes.
 */
export interface Counters {
  /** The seed of the seeded random. */
  seed: string
  /** How far the clock was advanced, in milliseconds. */
  ahead: number
  /** The last id that was generated. */
  lastId: string
  /** The number of generated ids. */
  ids: number
  /** The number of generated CRC tokens and nonces. */
  crcTokens: number
  /** The number of issued request tokens. */
  requestTokens: number
  /** The number of issued codes and tokens of OAuth 2.0. */
  oauth2Tokens: number
  /** The number of shortened links. */
  links: number
  /** The number of events of the X Activity API. */
  activities: number
  /** The number of connections to streams. */
  connections: number
  /** The number of scheduled retries. */
  retries: number
  /** When X next checks which webhooks to challenge. Absent when it never does. */
  nextCrcCheckAt?: number
  /** The last timestamp of each kind of event that has no id but its time. */
  lastTimestamps: Map<string, number>
  /** The number of random draws for each fault. */
  faultDraws: Map<string, number>
}

/** The counters of a new emulator. */
export function newCounters(seed: string): Counters {
  return {
    seed,
    ahead: 0,
    lastId: '0',
    ids: 0,
    crcTokens: 0,
    requestTokens: 0,
    oauth2Tokens: 0,
    links: 0,
    activities: 0,
    connections: 0,
    retries: 0,
    lastTimestamps: new Map(),
    faultDraws: new Map(),
  }
}

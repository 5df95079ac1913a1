/** How far an emulator has come with what only goes on: with the same progress it goes on in the same way. */
export interface Counters {
  /** What all chance comes from. */
  seed: string
  /** How far the clock was put forward, in milliseconds. */
  ahead: number
  /** The last id that was given out, and how many were. */
  lastId: string
  ids: number
  /** How many challenges were thought up. */
  crcTokens: number
  /** How many request tokens were given out. */
  requestTokens: number
  /** How many links were shortened. */
  links: number
  /** How many deliveries were put off to be tried again. */
  retries: number
  /** When X looks next whether webhooks are to be challenged; missing where it never does. */
  nextCrcCheckAt?: number
  /** The last moment of each kind of event that is told apart by its time. */
  lastTimestamps: Map<string, number>
  /** How often chance was asked whether something goes wrong, for each thing that can. */
  faultDraws: Map<string, number>
}

export function newCounters(seed: string): Counters {
  return {
    seed,
    ahead: 0,
    lastId: '0',
    ids: 0,
    crcTokens: 0,
    requestTokens: 0,
    links: 0,
    retries: 0,
    lastTimestamps: new Map(),
    faultDraws: new Map(),
  }
}

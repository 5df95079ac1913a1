/** A source of the current time, in milliseconds since 1970, such as `Date.now`. */
export type Clock = () => number

/** One minute in milliseconds. */
export const minuteMs = 60_000

/** One hour in milliseconds. */
export const hourMs = 60 * minuteMs

/** Where a function takes the time from: milliseconds since 1970, as of `Date.now`. */
export type Clock = () => number

/** The right to handle one event, for a limited time. It is renewed for as long as the handlers run. */
export interface Lease {
  /**
   * The fencing token: an integer of 1 or more. Each later lease of the same event has a higher one, and with an ordering key,
   * so has each later lease of the same ordering key.
   *
   * Write it with your own data, and refuse a write whose token is lower than the one that is stored. Then a process that
   * was paused for too long, and whose event another process handles, cannot overwrite newer data.
   */
  readonly token: number
}

/** The name of the reason with which a signal fires when the lease of an event is lost. */
export const leaseLost = 'LeaseLostError'

/** The reason with which the signal of a handler fires when its lease is lost. */
export function leaseLostError(): DOMException {
  return new DOMException(
    'The lease of the event was lost, because it was not renewed in time. Another process may be handling the event. ' +
      'Stop when the signal fires, and check "context.lease.token" when you write.',
    leaseLost,
  )
}

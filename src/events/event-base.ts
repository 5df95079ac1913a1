/**
 * Who caused an event: `outgoing` when the subscribed account did it, `incoming` when another account did it to the
 * subscribed account.
 */
export type Direction = 'outgoing' | 'incoming'

/** The members that every event has. */
export interface EventBase<Type extends string, Payload> {
  /** What happened, in X's own words: the key of the event on the wire without `_events`, such as `tweet_create`. */
  readonly type: Type
  /**
   * Identifies the event for the subscribed account: equal for every delivery of the event (retries, duplicates and
   * replays), and different for every other event and account. Use it as the key to detect duplicates. It is a text
   * such as `tweet_create:2975699229:1207610954160037890`; do not parse it, because its format differs between the
   * types. A `user_revoke` event without `date_time` is the exception: the next one of the same user has the same id, so
   * do not take it for a duplicate.
   */
  readonly id: string
  /**
   * The id of the subscribed account that the event is for: digits in a string. Absent when X does not name one, as in
   * `user_revoke` and `replay_job_status`.
   */
  readonly forUserId?: string
  /** When it happened, in milliseconds if X sent them, else in seconds. Absent when X sent no time. */
  readonly occurredAt?: Date
  /**
   * `outgoing` when the subscribed account caused the event, `incoming` when another account did. Absent when the
   * payload does not name who caused it, or when the subscribed account does not take part.
   */
  readonly direction?: Direction
  /** The event as X sent it, with all members, including those that this package does not know. */
  readonly payload: Payload
}

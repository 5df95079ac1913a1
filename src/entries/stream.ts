/**
 * Passes the deliveries of the stream of the X Activity API to a receiver.
 *
 * @module
 */

export type { ActivityStreamOptions } from '../endpoints/activity/activity-stream.ts'
export type { StreamConnectReport, StreamDisconnectReport, StreamSkipReport } from '../http/hooks.ts'
export type { StreamHandlers } from '../http/stream/keep-stream.ts'
export type { Sleep } from '../internal/timers.ts'
export {
  type RunStreamHandlers,
  type RunStreamOptions,
  runStream,
  type UnhandledDelivery,
} from '../stream/run-stream.ts'

/**
 * Spans and figures of OpenTelemetry, for the client and the receiver.
 *
 * @module
 */
export {
  createOpenTelemetryHooks,
  type OpenTelemetryHooks,
  type OpenTelemetryOptions,
} from '../telemetry/create-open-telemetry-hooks.ts'

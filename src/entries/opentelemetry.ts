/**
 * OpenTelemetry spans and metrics for the client and the receiver.
 *
 * @module
 */
export {
  createOpenTelemetryHooks,
  type OpenTelemetryHooks,
  type OpenTelemetryOptions,
} from '../telemetry/create-open-telemetry-hooks.ts'

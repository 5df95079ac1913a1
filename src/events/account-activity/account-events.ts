import type * as z from 'zod/mini'
import type { ReplayJobStatusEvent, UserRevokeEvent } from '../events.ts'
import { eventCore } from '../read/event-core.ts'
import { stampOf } from '../read/occurred-at.ts'
import type { Found } from '../read/raw-event.ts'
import type { replayJobStatusSchema, userEventSchema } from './schemas.ts'
import type { WireReplayJobStatus, WireRevoke } from './wire/events.ts'

export function userRevokeEvent({ revoke }: z.output<typeof userEventSchema>, found: Found): UserRevokeEvent {
  const { user_id: userId } = revoke.source
  const { app_id: appId } = revoke.target
  const payload = (found.value as { readonly revoke: WireRevoke }).revoke
  return {
    ...eventCore({ ...found, value: payload }, { type: 'user_revoke', parts: [userId, appId, stampOf(payload)] }),
    direction: 'outgoing',
    userId,
    appId,
    payload,
  }
}

export function replayJobStatusEvent(
  { job_id, job_state }: z.output<typeof replayJobStatusSchema>,
  found: Found,
): ReplayJobStatusEvent {
  return {
    // A job that ends Incomplete may be reported Complete later: two events.
    ...eventCore(found, { type: 'replay_job_status', parts: [job_id, job_state] }),
    jobId: job_id,
    payload: found.value as WireReplayJobStatus,
  }
}

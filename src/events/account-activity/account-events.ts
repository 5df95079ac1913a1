import type { ReplayJobStatusEvent, UserRevokeEvent } from '../events.ts'
import { createEventCore } from '../read/event-core.ts'
import { timestampText } from '../read/occurred-at.ts'
import type { RawEvent } from '../read/raw-event.ts'
import type { ReplayJobFacts, RevokeFacts } from './facts.ts'
import type { WireReplayJobStatus, WireRevoke } from './wire/events.ts'

export function createUserRevokeEvent({ userId, appId }: RevokeFacts, raw: RawEvent): UserRevokeEvent {
  const payload = (raw.value as { readonly revoke: WireRevoke }).revoke
  const parts = [userId, appId, timestampText(payload)]
  return {
    ...createEventCore({ ...raw, value: payload }, { type: 'user_revoke', parts }),
    direction: 'outgoing',
    userId,
    appId,
    payload,
  }
}

export function createReplayJobStatusEvent({ jobId, state }: ReplayJobFacts, raw: RawEvent): ReplayJobStatusEvent {
  return {
    // X may report the same job first as Incomplete and later as Complete. These are two events.
    ...createEventCore(raw, { type: 'replay_job_status', parts: [jobId, state] }),
    jobId,
    payload: raw.value as WireReplayJobStatus,
  }
}

import { notify } from '../../internal/emit.ts'
import type { ReceiverObserver } from '../../receiver/receiver.ts'
import type { Settings } from '../settings.ts'
import type { FailedDeliveries } from './failed-deliveries.ts'
import type { Heartbeats } from './heartbeat.ts'
import type { PersistedState } from './persisted-state.ts'
import { addJobEnds, type ReplayJobs } from './replay-jobs.ts'

interface ObserverParts {
  readonly settings: Settings
  readonly persisted: PersistedState
  readonly jobs: ReplayJobs
  readonly heartbeat: Heartbeats
  readonly failures: FailedDeliveries
}

/**
 * Records what a receiver sees when a delivery is verified, whatever is done with it then: that X has reached the process, and
 * that a replay job has ended.
 */
export function observeReceiver({ settings, persisted, jobs, heartbeat, failures }: ObserverParts): ReceiverObserver {
  const saveJobEnds = async () => {
    const ends = jobs.unsavedEnds()
    try {
      await persisted.update((state) => ({ state: addJobEnds(state, ends) }))
      jobs.onSaved(ends)
    } catch (error) {
      // The next heartbeat saves them.
      notify(settings.onError, error)
    }
  }

  return {
    ...failures.observer,
    onDelivery: (observed) => {
      failures.observer.onDelivery?.(observed)
      const { source, delivery } = observed
      // An inbox can hand out what X delivered long ago.
      if (source !== 'inbox') heartbeat.onDelivery()
      for (const event of delivery.events) {
        if (event.type === 'replay_job_status' && jobs.onJobStatus(event)) void saveJobEnds()
      }
    },
  }
}

import type { Queue } from 'bullmq'
import { leaseLostError } from '../../lease.ts'
import type { BullMqJob } from './bullmq-job.ts'
import { runScript } from './bullmq-script.ts'

/** Draws the next fencing token if the lock of the job is still the one of this attempt. */
const nextTokenScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return tostring(redis.call('INCR', KEYS[2])) end`

/** The lease of an attempt. */
export interface BullMqLease {
  /** The fencing token. */
  readonly token: number
  /** Aborts when the lease is lost. */
  readonly controller: AbortController
  readonly isLost: () => boolean
  /** The attempt has ended. */
  readonly end: () => void
}

/** The leases of a run: BullMQ calls them locks, and renews them. */
export interface BullMqLeases {
  /** @throws DOMException with the name `LeaseLostError` when the lock of the job is lost already. */
  readonly start: (job: BullMqJob, lockToken: string) => Promise<BullMqLease>
  readonly renewed: (jobIds: readonly string[]) => void
  readonly lose: (jobIds: readonly string[]) => void
  /** Loses the leases that could not be renewed for as long as they last, because Redis does not answer. */
  readonly loseExpired: () => void
}

export function createBullMqLeases(queue: Queue, claimTtlMs: number): BullMqLeases {
  const leases = new Map<string, { readonly controller: AbortController; renewedAt: number; isLost: boolean }>()

  const lose = (jobIds: readonly string[]) => {
    for (const id of jobIds) {
      const lease = leases.get(id)
      if (lease === undefined) continue
      lease.isLost = true
      lease.controller.abort(leaseLostError())
    }
  }

  return {
    async start(job, lockToken) {
      const jobId = job.id ?? ''
      // The lock was taken or renewed before this.
      const lease = { controller: new AbortController(), renewedAt: performance.now(), isLost: false }
      const keys = [queue.toKey(`${jobId}:lock`), queue.toKey('fencing-token')]
      const name = 'xAccountActivityNextFencingToken'
      const token = await runScript(queue, { name, lua: nextTokenScript, keys, argument: lockToken })
      if (token === undefined) throw leaseLostError()
      leases.set(jobId, lease)
      const end = () => {
        if (leases.get(jobId) === lease) leases.delete(jobId)
      }
      return { token: Number(token), controller: lease.controller, isLost: () => lease.isLost, end }
    },
    renewed(jobIds) {
      for (const id of jobIds) {
        const lease = leases.get(id)
        if (lease !== undefined) lease.renewedAt = performance.now()
      }
    },
    lose,
    loseExpired() {
      const now = performance.now()
      lose([...leases].filter(([, { renewedAt }]) => now - renewedAt >= claimTtlMs).map(([id]) => id))
    },
  }
}

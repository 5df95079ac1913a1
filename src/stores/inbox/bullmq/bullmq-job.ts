import type { Job } from 'bullmq'
import type { DeadLetter, InboxItem, NewInboxItem } from '../inbox.ts'

/** A BullMQ job whose data is an inbox item. */
export type BullMqJob = Job<NewInboxItem>

/** The BullMQ job id of an item. BullMQ accepts neither colons nor integers as ids. */
export function bullMqIdOf(id: string): string {
  return `event-${id.replaceAll('%', '%25').replaceAll(':', '%3A')}`
}

/** The number of the attempt that is made now. BullMQ counts attempts that a crash ended separately. */
export function attemptOf({ attemptsMade, stalledCounter }: BullMqJob): number {
  return attemptsMade + stalledCounter + 1
}

export function toItem(job: BullMqJob, token: number): InboxItem {
  return { ...job.data, attempt: attemptOf(job), lease: { token } }
}

export function toDeadLetter(job: BullMqJob): DeadLetter {
  const { data, opts, finishedOn = 0, failedReason } = job
  const attempts = Math.min(attemptOf(job) - 1, opts.attempts ?? Number.POSITIVE_INFINITY)
  return { ...data, attempts, failedAt: finishedOn, error: failedReason }
}

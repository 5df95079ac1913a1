import type { Job } from 'bullmq'
import type { DeadLetter, InboxItem, NewInboxItem } from './inbox.ts'

/** A job of BullMQ that holds an item. */
export type ItemJob = Job<NewInboxItem>

/** BullMQ takes neither colons nor whole numbers for ids. */
export function jobIdOf(id: string): string {
  return `event-${id.replaceAll('%', '%25').replaceAll(':', '%3A')}`
}

export function toItem({ data, attemptsMade }: ItemJob): InboxItem {
  return { ...data, attempt: attemptsMade + 1 }
}

export function toDeadLetter({ data, attemptsMade, finishedOn = 0, failedReason }: ItemJob): DeadLetter {
  return { ...data, attempts: attemptsMade, failedAt: finishedOn, error: failedReason }
}

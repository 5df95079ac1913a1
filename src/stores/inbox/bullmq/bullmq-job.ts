import type { Job } from 'bullmq'
import type { DeadLetter, InboxItem, NewInboxItem } from '../inbox.ts'

/** A BullMQ job whose data is an inbox item. */
export type BullMqJob = Job<NewInboxItem>

/** The BullMQ job id of an item. BullMQ accepts neither colons nor integers as ids. */
export function bullMqIdOf(id: string): string {
  return `event-${id.replaceAll('%', '%25').replaceAll(':', '%3A')}`
}

export function toItem({ data, attemptsMade }: BullMqJob): InboxItem {
  return { ...data, attempt: attemptsMade + 1 }
}

export function toDeadLetter({ data, attemptsMade, finishedOn = 0, failedReason }: BullMqJob): DeadLetter {
  return { ...data, attempts: attemptsMade, failedAt: finishedOn, error: failedReason }
}

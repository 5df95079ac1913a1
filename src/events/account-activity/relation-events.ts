import type { BlockEvent, FollowEvent, MuteEvent, UnblockEvent, UnfollowEvent, UnmuteEvent } from '../events.ts'
import { eventCore } from '../read/event-core.ts'
import { stampOf } from '../read/occurred-at.ts'
import type { Found } from '../read/raw-event.ts'

type AnyRelationEvent = FollowEvent | UnfollowEvent | BlockEvent | UnblockEvent | MuteEvent | UnmuteEvent

interface RelationFacts {
  /** Says which of the two it is, since both come under one key. */
  readonly type?: AnyRelationEvent['type']
  readonly source: string
  readonly target: string
}

/** Makes events of one key; `keyType` is what they are when their own `type` is missing. */
export function relationEvent(
  keyType: AnyRelationEvent['type'],
): (facts: RelationFacts, found: Found) => AnyRelationEvent {
  return ({ type = keyType, source, target }, found) => {
    const parts = [source, target, stampOf(found.value)]
    const core = eventCore(found, { type, parts, actor: source, concerned: target })
    return { ...core, sourceId: source, targetId: target, payload: found.value } as AnyRelationEvent
  }
}

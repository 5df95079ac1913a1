import type { BlockEvent, FollowEvent, MuteEvent, UnblockEvent, UnfollowEvent, UnmuteEvent } from '../events.ts'
import { createEventCore } from '../read/event-core.ts'
import { timeForId } from '../read/occurred-at.ts'
import type { RawEvent } from '../read/raw-event.ts'
import type { RelationFacts } from './facts.ts'

type AnyRelationEvent = FollowEvent | UnfollowEvent | BlockEvent | UnblockEvent | MuteEvent | UnmuteEvent

/** The function that creates the events of one key; events without a type of their own get `defaultType`. */
export function relationEventCreator<Type extends AnyRelationEvent['type']>(
  defaultType: Type,
): (facts: RelationFacts<AnyRelationEvent['type']>, raw: RawEvent) => AnyRelationEvent {
  return ({ type = defaultType, sourceId, targetId }, raw) => {
    const parts = [sourceId, targetId, timeForId(raw.value)]
    const core = createEventCore(raw, { type, parts, actorId: sourceId, affectedId: targetId })
    return { ...core, sourceId, targetId, payload: raw.value } as AnyRelationEvent
  }
}

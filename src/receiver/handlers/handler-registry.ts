import { type ActivityKind, type ActivityOf, activityKinds } from '../../events/activities/activity.ts'
import { type ActivityEvent, type EventOf, type EventType, eventTypes } from '../../events/events.ts'
import { assertFunction, assertObject, assertOneOf } from '../../internal/assert.ts'
import type { ActivityHandler, ActivityHandlers } from './activity-handlers.ts'
import type { AnyHandler, Handler } from './handler.ts'
import type { Handlers } from './handlers.ts'

const any = 'any'

/** The handlers of a receiver, in the order in which they were added. */
export interface HandlerRegistry {
  readonly add: <T extends EventType>(types: T | readonly T[], handler: Handler<EventOf<T>>) => () => void
  readonly addAny: (handler: Handler) => () => void
  readonly addActivity: <K extends ActivityKind>(
    kinds: K | readonly K[],
    handler: ActivityHandler<ActivityOf<K>>,
  ) => () => void
  readonly isEmpty: () => boolean
  readonly hasActivityHandlers: () => boolean
  /** The handlers of an event: those of its type, then those of every type. */
  readonly handlersOf: (event: ActivityEvent) => readonly Handler[]
  /** The handlers of a kind of activity. */
  readonly activityHandlersOf: (kind: ActivityKind) => readonly ActivityHandler[]
}

export function createHandlerRegistry(on: Handlers = {}, onActivity: ActivityHandlers = {}): HandlerRegistry {
  const byType = createHandlerLists<EventType | typeof any>()
  const byKind = createHandlerLists<ActivityKind>()
  addAll(byType, on, [...eventTypes, any], 'on')
  addAll(byKind, onActivity, activityKinds, 'onActivity')
  return {
    add: (types, handler) => byType.add(toNames(types, eventTypes, 'type'), handler),
    addAny: (handler) => byType.add([any], handler),
    addActivity: (kinds, handler) => byKind.add(toNames(kinds, activityKinds, 'kind'), handler),
    isEmpty: () => byType.isEmpty() && byKind.isEmpty(),
    hasActivityHandlers: () => !byKind.isEmpty(),
    handlersOf: ({ type }) => byType.find(type, any) as readonly Handler[],
    activityHandlersOf: (kind) => byKind.find(kind) as readonly ActivityHandler[],
  }
}

/** Handlers by the name of what they handle. */
interface HandlerLists<Name> {
  /** Returns a function that removes the handler. */
  readonly add: (names: readonly Name[], handler: AnyHandler) => () => void
  readonly isEmpty: () => boolean
  /** The handlers of a name, then those of another one. */
  readonly find: (name: Name, other?: Name) => readonly AnyHandler[]
}

function createHandlerLists<Name>(): HandlerLists<Name> {
  const lists = new Map<Name, readonly AnyHandler[]>()
  /** What `find` has found since the last change. */
  const found = new Map<Name, readonly AnyHandler[]>()
  return {
    add: (names, handler) => {
      assertFunction(handler, 'handler')
      for (const name of names) lists.set(name, [...(lists.get(name) ?? []), handler])
      found.clear()
      let isAdded = true
      return () => {
        if (isAdded) for (const name of names) removeOne(lists, name, handler)
        found.clear()
        isAdded = false
      }
    },
    isEmpty: () => lists.size === 0,
    find: (name, other) => {
      const known = found.get(name)
      if (known !== undefined) return known
      const others = other === undefined ? [] : (lists.get(other) ?? [])
      const handlers = [...(lists.get(name) ?? []), ...others]
      found.set(name, handlers)
      return handlers
    },
  }
}

function addAll<Name extends string>(
  lists: HandlerLists<Name>,
  handlers: object,
  names: readonly Name[],
  label: string,
): void {
  assertObject(handlers, label)
  for (const [name, handler] of Object.entries(handlers)) {
    assertOneOf(name, names, label)
    if (handler !== undefined) lists.add([name], handler)
  }
}

function toNames<Name extends string>(names: Name | readonly Name[], known: readonly string[], label: string): Name[] {
  const list = typeof names === 'string' ? [names] : [...new Set(names)]
  for (const name of list) assertOneOf(name, known, label)
  return list
}

/** A handler that was added twice runs twice, and is removed once. A name without handlers is forgotten. */
function removeOne<Name>(lists: Map<Name, readonly AnyHandler[]>, name: Name, handler: AnyHandler): void {
  const list = lists.get(name) ?? []
  const left = list.toSpliced(list.indexOf(handler), 1)
  if (left.length > 0) lists.set(name, left)
  else lists.delete(name)
}

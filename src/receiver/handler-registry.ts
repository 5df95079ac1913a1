import { type ActivityEvent, type EventOf, type EventType, eventTypes } from '../events/events.ts'
import { assertFunction, assertObject, assertOneOf } from '../internal/assert.ts'
import type { Handler, Handlers } from './handler.ts'

type AnyHandler = Handler<never>
const every = 'any'

/** The handlers of a receiver, by type of event, in the order in which they were added. */
export interface Registry {
  readonly add: <T extends EventType>(types: T | readonly T[], handler: Handler<EventOf<T>>) => () => void
  readonly addAny: (handler: Handler) => () => void
  readonly isEmpty: () => boolean
  /** The handlers of an event: those of its type, then those of every type. */
  readonly handlersOf: (event: ActivityEvent) => readonly Handler[]
}

export function createRegistry(handlers: Handlers = {}): Registry {
  const byType = new Map<EventType | typeof every, AnyHandler[]>()
  /** What `handlersOf` has put together since the last change. */
  const found = new Map<EventType, readonly Handler[]>()

  const add = (types: readonly (EventType | typeof every)[], handler: AnyHandler) => {
    assertFunction(handler, 'handler')
    for (const type of types) byType.set(type, [...(byType.get(type) ?? []), handler])
    found.clear()
    let added = true
    return () => {
      if (added) for (const type of types) removeOne(byType, type, handler)
      found.clear()
      added = false
    }
  }

  assertObject(handlers, 'on')
  for (const [type, handler] of Object.entries(handlers)) {
    assertOneOf(type, [...eventTypes, every], 'on')
    if (handler !== undefined) add([type], handler as AnyHandler)
  }

  return {
    add: (types, handler) => {
      const list = typeof types === 'string' ? [types] : [...new Set(types)]
      for (const type of list) assertOneOf(type, eventTypes, 'type')
      return add(list, handler)
    },
    addAny: (handler) => add([every], handler),
    isEmpty: () => byType.size === 0,
    handlersOf: ({ type }) => {
      const known = found.get(type)
      if (known !== undefined) return known
      // A handler is only ever found under the type of event that it was added for.
      const handlers = [...(byType.get(type) ?? []), ...(byType.get(every) ?? [])] as Handler[]
      found.set(type, handlers)
      return handlers
    },
  }
}

/** A handler that was added twice runs twice, and is removed once. */
function removeOne<K>(lists: Map<K, AnyHandler[]>, key: K, handler: AnyHandler): void {
  const list = lists.get(key) ?? []
  lists.set(key, list.toSpliced(list.indexOf(handler), 1))
}

import { type ActivityEvent, type EventOf, type EventType, eventTypes } from '../../events/events.ts'
import { assertFunction, assertObject, assertOneOf } from '../../internal/assert.ts'
import type { Handler } from './handler.ts'
import type { Handlers } from './handlers.ts'

type AnyHandler = Handler<never>
const any = 'any'

/** The handlers of a receiver, by type of event, in the order in which they were added. */
export interface HandlerRegistry {
  readonly add: <T extends EventType>(types: T | readonly T[], handler: Handler<EventOf<T>>) => () => void
  readonly addAny: (handler: Handler) => () => void
  readonly isEmpty: () => boolean
  /** The handlers of an event: those of its type, then those of every type. */
  readonly handlersOf: (event: ActivityEvent) => readonly Handler[]
}

export function createHandlerRegistry(handlers: Handlers = {}): HandlerRegistry {
  const byType = new Map<EventType | typeof any, AnyHandler[]>()
  /** What `handlersOf` has found since the last change. */
  const found = new Map<EventType, readonly Handler[]>()

  const add = (types: readonly (EventType | typeof any)[], handler: AnyHandler) => {
    assertFunction(handler, 'handler')
    for (const type of types) byType.set(type, [...(byType.get(type) ?? []), handler])
    found.clear()
    let isAdded = true
    return () => {
      if (isAdded) for (const type of types) removeOne(byType, type, handler)
      found.clear()
      isAdded = false
    }
  }

  assertObject(handlers, 'on')
  for (const [type, handler] of Object.entries(handlers)) {
    assertOneOf(type, [...eventTypes, any], 'on')
    if (handler !== undefined) add([type], handler as AnyHandler)
  }

  return {
    add: (types, handler) => {
      const list = typeof types === 'string' ? [types] : [...new Set(types)]
      for (const type of list) assertOneOf(type, eventTypes, 'type')
      return add(list, handler)
    },
    addAny: (handler) => add([any], handler),
    isEmpty: () => byType.size === 0,
    handlersOf: ({ type }) => {
      const known = found.get(type)
      if (known !== undefined) return known
      // A handler is found only under the type of event that it was added for.
      const handlers = [...(byType.get(type) ?? []), ...(byType.get(any) ?? [])] as Handler[]
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

/** A value, or a promise of it. */
export type Awaitable<T> = T | Promise<T>

/** Whether a value is a promise. As for `await`, anything with a `then` method counts as one. */
export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  if (typeof value !== 'object' && typeof value !== 'function') return false
  return value !== null && typeof (value as { readonly then?: unknown }).then === 'function'
}

/** A value, or a promise of it. */
export type Awaitable<T> = T | Promise<T>

/**
 * Goes on with a value: at once where it is there, for `await` would put even that off. Most deliveries are here whole, and
 * handled without waiting for anything.
 */
export function andThen<T, R>(value: T | PromiseLike<T>, next: (value: T) => Awaitable<R>): Awaitable<R> {
  return isPromise(value) ? Promise.resolve(value).then(next) : next(value)
}

/** What an act comes to, or what is made of its error, whether it throws or rejects. */
export function attempt<T>(act: () => Awaitable<T>, fail: (error: unknown) => T): Awaitable<T> {
  try {
    const result = act()
    return isPromise(result) ? Promise.resolve(result).catch(fail) : result
  } catch (error) {
    return fail(error)
  }
}

/** Whether a value is still to come: as for `await`, anything with a `then` is a promise. */
export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  if (typeof value !== 'object' && typeof value !== 'function') return false
  return value !== null && typeof (value as { readonly then?: unknown }).then === 'function'
}

/** Calls a function of the caller's, if it is there, and lets nothing out of it: neither what it throws nor rejects. */
export function notify<T>(hook: ((event: T) => unknown) | undefined, event: T): void {
  void new Promise((resolve) => resolve(hook?.(event))).catch(() => undefined)
}

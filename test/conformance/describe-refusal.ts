import { AssertionError } from 'node:assert/strict'

/** Describes the error that a client rejects with. Fails if the call succeeds, or if the error has another class. */
export async function describeRefusal<E>(
  call: Promise<unknown>,
  kind: abstract new (...args: never) => E,
  show: (error: E) => string,
): Promise<string> {
  const error = await call.then(
    (value) => new AssertionError({ message: `The call was not refused. It returned ${JSON.stringify(value)}.` }),
    (reason: unknown) => reason,
  )
  if (!(error instanceof kind)) throw error
  return show(error)
}

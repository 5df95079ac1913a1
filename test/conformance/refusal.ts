import { AssertionError } from 'node:assert/strict'

/** What the error says that a client rejects with; fails when it does not, or with an error that is not its own. */
export async function refusalOf<E>(
  call: Promise<unknown>,
  kind: abstract new (...args: never) => E,
  show: (error: E) => string,
): Promise<string> {
  const error = await call.then(
    (value) => new AssertionError({ message: `Not refused, but answered ${JSON.stringify(value)}` }),
    (reason: unknown) => reason,
  )
  if (!(error instanceof kind)) throw error
  return show(error)
}

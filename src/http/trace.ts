/** What X says about a response, for support requests and for finding wrong permissions. */
export interface Trace {
  /**
   * The id of the request at X, from the `x-transaction-id` header. Name it when you ask X for support. Absent if X did
   * not send it.
   */
  readonly transactionId?: string
  /**
   * What the token of the user may do, from the `x-access-level` header: `read`, `read-write` or
   * `read-write-directmessages`. Absent if X did not send it.
   */
  readonly accessLevel?: string
}

/** Reads the headers of a response. A value that does not have the form of X is ignored: it could be an echoed secret. */
export function readTrace(headers: Headers): Trace {
  const transactionId = readValue(headers, 'x-transaction-id', /^[0-9A-Fa-f-]{1,64}$/)
  const accessLevel = readValue(headers, 'x-access-level', /^[a-z-]{1,40}$/)
  return { ...(transactionId !== undefined && { transactionId }), ...(accessLevel !== undefined && { accessLevel }) }
}

function readValue(headers: Headers, name: string, form: RegExp): string | undefined {
  const value = headers.get(name)
  return value !== null && form.test(value) ? value : undefined
}

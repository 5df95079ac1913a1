import type { Emulator } from '../emulator.ts'

/** The values of a request for the control API. */
export interface ControlRequest {
  /** A `:parameter` of the path, as it is in the URL. */
  param(name: string): string
  /** The parameters of the query, or the members of the body. It has only names that the endpoint takes. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** An endpoint of the control API. */
export interface ControlEndpoint {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Segments that begin with a colon match any text without a slash. */
  readonly path: string
  /** What it does, in one line for the list of `GET /emulator`. */
  readonly about: string
  /** The parameters of the query, or the members of the body, that it takes. */
  readonly takes: readonly string[]
  /** Returns the value to answer with as JSON. The answer is `{}` when it returns nothing. */
  answer(x: Emulator, request: ControlRequest): unknown
}

/** The path names a user or an app that does not exist. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
}

import type { Emulator } from '../emulator.ts'

/** What came with a request to control the emulator. */
export interface ControlRequest {
  /** A `:parameter` of the path, as it stands in the URL. */
  param(name: string): string
  /** The parameters of the query, or the members of the body: no other names than the endpoint takes. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** One thing that an emulator can be asked to do over HTTP. */
export interface ControlEndpoint {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Segments that begin with a colon stand for any text without a slash. */
  readonly path: string
  /** What it does, in one line for whoever asks what there is. */
  readonly about: string
  /** The parameters of the query, or the members of the body, that it knows. */
  readonly takes: readonly string[]
  /** Returns what to answer as JSON; `{}` when it is nothing. */
  answer(x: Emulator, given: ControlRequest): unknown
}

/** The path names something that is not there. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
}

import type { IncomingMessage, ServerResponse } from 'node:http'

/** The request that Firebase passes on: Express's, with the bytes of the body. */
export interface Request extends IncomingMessage {
  readonly body: unknown
  readonly rawBody: Buffer
}

/** `onRequest` of `firebase-functions/https`, whose function runs behind a server of Google's. */
export function onRequest(
  _options: { readonly secrets?: readonly { readonly name: string }[] },
  handler: (request: Request, response: ServerResponse) => void | Promise<void>,
): (request: Request, response: ServerResponse) => void | Promise<void> {
  return handler
}

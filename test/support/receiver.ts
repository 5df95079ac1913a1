import { createReceiver, type ErrorContext, type Receiver, type ReceiverOptions } from 'x-account-activity/receiver'
import { secret, signatureOf } from './x-request.ts'

/** An error, and where the receiver says that it occurred. */
export interface ReportedError {
  readonly error: unknown
  readonly context: ErrorContext
}

/** A receiver with the secret of the tests, and the errors that it reports. */
export function createTestReceiver(options: Partial<ReceiverOptions> = {}): {
  readonly receiver: Receiver
  readonly errors: ReportedError[]
} {
  const errors: ReportedError[] = []
  const onError = (error: unknown, context: ErrorContext) => errors.push({ error, context })
  return { receiver: createReceiver({ consumerSecret: secret, onError, ...options }), errors }
}

/** The status and the parsed body of a response. */
export async function readAnswer(
  response: Response,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** A CRC request as X sends it, with this query. */
export function crcRequest(query: string, headers: HeadersInit = {}): Request {
  return new Request(`https://app.example/webhook${query}`, { headers })
}

/** The header with the signature of a body. */
export function signatureHeader(body: string | Uint8Array, key = secret): { 'x-twitter-webhooks-signature': string } {
  return { 'x-twitter-webhooks-signature': signatureOf(body, key) }
}

/** The answers to the token `challenge_string`, under each secret. */
export const crcAnswers = {
  // Printed by `printf challenge_string | openssl dgst -sha256 -hmac consumer-secret -binary | base64`.
  consumer: { response_token: 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk=' },
  // The same with `-hmac client-secret`.
  client: { response_token: 'sha256=bACRGErecWu2jj2NpzrZglSUmdYwRiKKEr4qwY8EfB0=' },
}

/** A delivery of two follows of alice: by 22 and by 33. */
export const twoFollows = JSON.stringify({
  for_user_id: '11',
  follow_events: ['22', '33'].map((id) => ({
    type: 'follow',
    created_timestamp: '1795253459123',
    source: { id },
    target: { id: '11' },
  })),
})

/** Lets everything happen that does not wait for a timer or for I/O. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

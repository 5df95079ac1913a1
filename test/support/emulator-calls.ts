import type { EmulatedUser } from 'x-account-activity/emulator'
import { EmulatorHarness } from './emulator-harness.ts'
import { callSigned } from './emulator-v1.ts'

/** A harness whose app gets the events of alice. bob uses X's own app. */
export async function createBot(options: ConstructorParameters<typeof EmulatorHarness>[0] = {}) {
  const harness = new EmulatorHarness(options)
  const [alice] = await harness.subscribed('alice')
  const bob = harness.x.addUser({ screenName: 'bob' })
  return { harness, alice, bob }
}

/** A call of the app for a user, with an OAuth 2.0 token and a JSON body. */
export function callAs(
  { x }: EmulatorHarness,
  user: EmulatedUser,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return x.fetch(`https://api.x.com${path}`, {
    method,
    headers: { authorization: `Bearer ${user.oauth2Token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

/** A form that the app posts for a user, signed with OAuth 1.0a. */
export function postSigned(
  harness: EmulatorHarness,
  user: EmulatedUser,
  path: string,
  form: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return callSigned(harness, user, { method: 'POST', path, form })
}

/** The status and the body of an answer. */
export async function answerOf(response: Response): Promise<{ status: number; body: unknown }> {
  const text = await response.text()
  return { status: response.status, body: text === '' ? '' : JSON.parse(text) }
}

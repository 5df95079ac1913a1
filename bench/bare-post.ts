import { createHmac } from 'node:crypto'

/** The least that any sender of a delivery must do: sign the body, send the request and read the answer. */
export async function barePost(
  send: (request: Request) => Promise<Response>,
  { url, secret, body }: { url: string; secret: string; body: string },
): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'x-account-activity-bench',
    'x-twitter-webhooks-signature': sign(body, secret),
  }
  const response = await send(new Request(url, { method: 'POST', headers, body, redirect: 'manual' }))
  if (response.body) await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`The answer has status ${response.status}.`)
}

export function sign(text: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(text).digest('base64')}`
}

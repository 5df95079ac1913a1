import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startCli } from './support/run-cli.ts'

const env = { X_CONSUMER_SECRET: 'consumer-secret' }
const body =
  '{"data":{"event_type":"profile.update.bio","event_uuid":"-5","filter":{"user_id":"1"},"payload":{"before":"","after":"Tea"}}}'

test('listen prints, forwards and ends with Ctrl-C', async () => {
  const received: string[] = []
  const app = createServer(async (request, response) => {
    for await (const chunk of request) received.push(String(chunk))
    response.end()
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void app.close())
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`
  const listen = startCli(['listen', '--port', '0', '--json', '--forward', `profile.update.bio=${appUrl}`], { env })
  const [, url = ''] = await listen.printed(/"webhookUrl":"([^"]+)"/)
  // https://docs.x.com/x-api/webhooks/introduction#securing-webhooks
  const signature = `sha256=${createHmac('sha256', env.X_CONSUMER_SECRET).update(body).digest('base64')}`
  const headers = { 'x-twitter-webhooks-signature': signature }
  expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(200)
  await listen.printed(/"id":/)
  await expect.poll(() => received).toEqual([body])
  const { code, stdout } = await listen.stop()
  expect(code).toBe(130)
  expect(JSON.parse(stdout.trimEnd().split('\n')[1] ?? '')).toMatchSnapshot()
})

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createEmulator } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { toNodeHandler } from 'x-account-activity/node'
import { createReceiver } from 'x-account-activity/receiver'
import { runCli, startCli } from './support/run-cli.ts'

const env = { X_CONSUMER_SECRET: 'consumer-secret' }

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`
}

const rightServer = () =>
  serve(toNodeHandler(createReceiver({ consumerSecret: env.X_CONSUMER_SECRET, onError: () => undefined })))

/** The output without what differs from run to run: ports, times and ids. */
function normalised(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replaceAll(/\d+ ms/g, '<n> ms')
    .replaceAll(/\d{15,}/g, '<id>')
}

test('doctor finds nothing wrong with a receiver of this package', async () => {
  const url = await rightServer()
  const { code, stdout, stderr } = await runCli(['doctor', url, '--json'], { env })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(normalised(stdout))).toMatchSnapshot()
})

test('doctor ends with 3 for a redirect to a trailing slash, and names the URL to register', async () => {
  const url = await serve((_, response) => void response.writeHead(301, { location: '/webhook/' }).end())
  const { code, stdout, stderr } = await runCli(['doctor', url], { env })
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
  expect(normalised(stdout)).toMatchSnapshot()
})

test('doctor examines the credentials on the API', async () => {
  const x = createEmulator()
  const { url, close } = await serveEmulator(x)
  onTestFinished(() => close())
  const webhook = await serve(toNodeHandler(createReceiver({ consumerSecret: x.app.consumerSecret })))
  const headers = { authorization: `Bearer ${x.app.bearerToken}`, 'content-type': 'application/json' }
  await fetch(`${url}/2/webhooks`, { method: 'POST', headers, body: JSON.stringify({ url: webhook }) })
  const { accessToken, accessTokenSecret } = x.addUser({ screenName: 'alice' })
  const credentials = {
    X_BASE_URL: url,
    X_CONSUMER_KEY: x.app.consumerKey,
    X_CONSUMER_SECRET: x.app.consumerSecret,
    X_BEARER_TOKEN: x.app.bearerToken,
    X_ACCESS_TOKEN: accessToken,
    X_ACCESS_TOKEN_SECRET: accessTokenSecret,
  }
  const right = await runCli(['doctor', '--json'], { env: credentials })
  expect({ code: right.code, stderr: right.stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(normalised(right.stdout))).toMatchSnapshot()
  const wrong = await runCli(['doctor'], { env: { ...credentials, X_BEARER_TOKEN: 'AAAAwrong' } })
  expect(wrong.code).toBe(3)
  expect(wrong.stdout).toMatch(/^✗ bearer token +X refuses it/m)
  for (const secret of [x.app.consumerSecret, x.app.bearerToken, accessToken, accessTokenSecret, 'AAAAwrong']) {
    expect(right.stdout + wrong.stdout + wrong.stderr).not.toContain(secret)
  }
})

test('doctor without keys ends with 4, with a URL that is not valid with 2', async () => {
  expect((await runCli(['doctor'])).code).toBe(4)
  expect((await runCli(['doctor', 'app.example/webhook'])).code).toBe(2)
})

test('Ctrl-C ends doctor with 130', async () => {
  let arrived: () => void
  const request = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const started = startCli(['doctor', await serve(() => arrived())], { env })
  await request
  expect(await started.stop()).toEqual({ code: 130, stdout: '', stderr: '' })
})

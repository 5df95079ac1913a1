import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../../../src/entries/emulator.ts'
import { activityKinds, activityOf, eventTypes, parseDelivery } from '../../../../src/entries/events.ts'
import { verifySignature } from '../../../../src/entries/webhook.ts'
import { listen } from '../../../support/listen.ts'
import { runCommand } from '../../../support/run-command.ts'

const secret = 'consumer-secret'
const env = { X_CONSUMER_SECRET: secret }

async function startWebhook(status = 200, location?: string) {
  const received: { body: string; signature: string; newer: string | undefined }[] = []
  const url = await listen(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { 'x-twitter-webhooks-signature': signature, 'x-twitter-webhooks-signature-oauth2': newer } = request.headers
    received.push({ body: Buffer.concat(chunks).toString(), signature: String(signature), newer: newer as string })
    response.writeHead(status, location === undefined ? {} : { location }).end('{}')
  })
  return { url: `${url}/webhook`, received }
}

describe('trigger', () => {
  it.each(eventTypes)('sends %s, signed', async (type) => {
    const { url, received } = await startWebhook()
    const { code, stdout } = await runCommand(['trigger', type, '--to', url, '--json'], { env })
    const [{ body = '', signature = '' } = {}] = received
    expect(verifySignature({ body, signature, secret })).toBe(true)
    const [event] = parseDelivery(body).events
    expect(event?.type).toBe(type)
    expect({ code, ...JSON.parse(stdout) }).toEqual({
      code: 0,
      type,
      id: event?.id,
      url,
      status: 200,
      body: '{}',
      durationMs: expect.any(Number),
    })
  })

  it.each(activityKinds)('sends the kind %s', async (kind) => {
    const { url, received } = await startWebhook()
    await runCommand(['trigger', kind, '--to', url], { env })
    const [event] = parseDelivery(received[0]?.body ?? '').events
    expect(event && activityOf(event)?.kind).toBe(kind)
  })

  it('changes the body, and sends a new event each time', async () => {
    const { url, received } = await startWebhook()
    const args = ['--set', 'tweet_create_events[0].text=Guten Morgen', '--set', 'for_user_id=42', '--variant', 'reply']
    const { code, stdout } = await runCommand(['trigger', 'tweet_create', '--to', url, '--count', '3', ...args], {
      env,
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^(200 {2} +\d+ ms {2}tweet_create:42:\d+\n){3}$/)
    const bodies = received.map(({ body }) => JSON.parse(body))
    expect(bodies.map((body) => [body.for_user_id, body.tweet_create_events[0].text])).toEqual(
      Array.from({ length: 3 }, () => ['42', 'Guten Morgen']),
    )
    expect(new Set(bodies.map((body) => body.tweet_create_events[0].id_str)).size).toBe(3)
  })

  it('adds the newer signature with a client secret', async () => {
    const { url, received } = await startWebhook()
    await runCommand(['trigger', 'like', '--to', url], { env: { ...env, X_CLIENT_SECRET: 'client-secret' } })
    const [{ body = '', newer } = {}] = received
    expect(verifySignature({ body, signature: newer, secret: 'client-secret' })).toBe(true)
  })

  it.each([
    [201, 0, undefined],
    [302, 1, 'X does not follow redirects.'],
    [401, 1, 'The webhook has another secret.'],
    [404, 1, 'The webhook has another path.'],
    [500, 1, undefined],
  ])('ends with the right code for the answer %i', async (status, expected, hint) => {
    const { url, received } = await startWebhook(status, status === 302 ? '/other' : undefined)
    const { code, stdout, stderr } = await runCommand(['trigger', 'follow', '--to', url, '--count', '2'], { env })
    expect({ code, sent: received.length }).toEqual({ code: expected, sent: expected === 0 ? 2 : 1 })
    expect(stdout).toMatch(new RegExp(`^${status} `))
    if (hint === undefined) expect(stderr).toBe('')
    else expect(stderr).toContain(hint)
  })

  it('signs with the public key of the emulator on this machine, without a secret', async () => {
    const { url, received } = await startWebhook()
    const { code, stderr } = await runCommand(['trigger', 'follow', '--to', url])
    expect(code).toBe(0)
    expect(stderr).toContain('public key of the emulator')
    const [{ body = '', signature = '' } = {}] = received
    expect(verifySignature({ body, signature, secret: createEmulator().app.consumerSecret })).toBe(true)
  })

  it('needs a secret for other machines', async () => {
    const { code, stderr } = await runCommand(['trigger', 'follow', '--to', 'https://app.example/webhook'], {
      fetch: () => Promise.reject(new Error('Nothing may be sent.')),
    })
    expect({ code, stderr }).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('X_CONSUMER_SECRET is not set.'),
    })
  })

  it('says what to do when there is no server', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const { code, stderr } = await runCommand(['trigger', 'follow', '--to', `http://127.0.0.1:${port}/`], { env })
    expect(code).toBe(1)
    expect(stderr).toBe(
      `error: http://127.0.0.1:${port}/ cannot be reached.\n` +
        'Start your server, or "x-account-activity dev", or pass another URL with --to.\n',
    )
  })

  it.each([
    [[], /The event type is missing\..*\n.*--list/],
    [['mentions'], /"mentions" is not an event type\.\nDid you mean "mention"/],
    [['tweet_create', '--variant', 'sideways'], /"variant" of "tweet_create" must be "mention" or "reply"/],
    [['follow', '--set', 'text'], /"text" does not change a body/],
    [['follow', '--set', 'follow_events[9].type=x'], /9/],
    [['follow', '--count', '0'], /A count is a number from 1 to 10,000, got "0"/],
    [['follow', '--to', 'localhost'], /is not a URL/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await runCommand(['trigger', ...args], { env })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('lists all types, kinds and variants', async () => {
    const { stdout } = await runCommand(['trigger', '--list'])
    const names = stdout.split('\n').map((line) => line.split(' ')[0])
    expect(names).toEqual(expect.arrayContaining([...activityKinds, ...eventTypes]))
    expect(stdout).toMatch(/^tweet_create +tweet_create +mention reply quote/m)
    const { types, kinds } = JSON.parse((await runCommand(['trigger', '--list', '--json'])).stdout)
    expect([types.length, kinds.length]).toEqual([eventTypes.length, activityKinds.length])
  })
})

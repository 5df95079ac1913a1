import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { parseDelivery } from '../../../../src/entries/events.ts'
import { verifySignature } from '../../../../src/entries/webhook.ts'
import { listen } from '../../../support/listen.ts'
import { type RunCommandOptions, runCommand, startCommand } from '../../../support/run-command.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

/** The accounts talk without a pause. The pauses of the emulator stay. */
const sleep: RunCommandOptions['sleep'] = (ms, signal) => setTimeout(ms === 1200 ? 0 : ms, undefined, { signal })

const start = (args: readonly string[] = [], options: RunCommandOptions = {}) =>
  startCommand(['dev', '--port', '0', ...args], { sleep, ...options })

describe('dev', () => {
  it('prints where everything is, what to put in .env, what to try, and events', async () => {
    const dev = start()
    await dev.printed(/(\d\d:\d\d:\d\d {2}.*\n){12}/)
    const { code, stdout, stderr } = await dev.stop()
    expect(code).toBe(130)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.slice(0, 6).map((line) => line.replace(/=.*/, ''))).toEqual([
      'X_BASE_URL',
      'X_CONSUMER_KEY',
      'X_CONSUMER_SECRET',
      'X_BEARER_TOKEN',
      'X_ACCESS_TOKEN',
      'X_ACCESS_TOKEN_SECRET',
    ])
    expect(lines[6]).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\/webhook$/)
    const kinds = lines.slice(7).map((line) => line.split(/ +/).slice(1, 3).join(' '))
    expect(kinds.sort()).toEqual(
      [
        ...['out follow', 'in follow', 'out post', 'in mention', 'out reply', 'in reply', 'out like', 'in like'],
        ...['in typing', 'out message', 'in message', 'in read'],
      ].sort(),
    )
    expect(stderr).toMatch(/@alice \d+\n +@bob \d+/)
    expect(stderr.match(/npx x-account-activity trigger mention --to http|curl http|generate handlers/g)).toHaveLength(
      3,
    )
    expect(stderr).not.toMatch(/warning|error/)
  })

  it('prints one object and then an object for each event with --json', async () => {
    const dev = start(['--json'])
    await dev.printed(/"kind":"read"/)
    const [ready, ...events] = (await dev.stop()).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(ready).toEqual({
      type: 'ready',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      webhookUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/webhook$/),
      eventsUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/events$/),
      accounts: [
        { id: expect.any(String), screenName: 'alice' },
        { id: expect.any(String), screenName: 'bob' },
      ],
      env: expect.objectContaining({
        X_BASE_URL: ready.url,
        X_ACCESS_TOKEN: expect.stringContaining(ready.accounts[0].id),
      }),
    })
    for (const event of events) {
      expect(event).toEqual({
        id: expect.any(String),
        type: expect.any(String),
        kind: expect.any(String),
        forUserId: expect.stringMatching(/^\d+$/),
        event: expect.any(Object),
      })
    }
  })

  it('forwards the deliveries to an app, with a signature that the app can verify', async () => {
    const received: { body: Buffer; signature: unknown }[] = []
    const url = await listen(async (request, response) => {
      const chunks = []
      for await (const chunk of request) chunks.push(chunk)
      received.push({ body: Buffer.concat(chunks), signature: request.headers['x-twitter-webhooks-signature'] })
      response.end()
    })
    const dev = start(['--json', '--forward', `mention,follow=${url}`])
    await vi.waitFor(() => expect(received).toHaveLength(3), 10_000)
    const { env } = JSON.parse((await dev.stop()).stdout.split('\n', 1)[0] ?? '')
    for (const { body, signature } of received) {
      expect(verifySignature({ body, signature: String(signature), secret: env.X_CONSUMER_SECRET })).toBe(true)
    }
    expect(received.map(({ body }) => parseDelivery(body).events[0]?.type).sort()).toEqual([
      'follow',
      'follow',
      'tweet_create',
    ])
  })

  it('shows what the app answers, and keeps going', async () => {
    const url = await listen((_, response) => response.writeHead(500).end('broken\u001b[2J'))
    const dev = start(['--forward', url, '--retry', 'none'])
    await dev.printed(/your app: 500 broken\ufffd\[2J, http:\/\/127\.0\.0\.1:\d+\/?\. It is not sent again\./)
    await dev.printed(/ {2}read {9}/)
  })

  it('runs a command line with the variables, without talk, and ends with its code', async () => {
    const cwd = tempFolder()
    const exec = 'env > found.txt; exit 3'
    const { code, stdout, stderr } = await runCommand(['dev', '--port', '0', '--exec', exec], {
      cwd,
      env: { PATH: process.env.PATH },
    })
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    const found = readFileSync(join(cwd, 'found.txt'), 'utf8')
    for (const name of ['X_BASE_URL', 'X_WEBHOOK_URL', 'X_EVENTS_URL', 'X_CONSUMER_SECRET', 'X_ACCESS_TOKEN']) {
      expect(found).toMatch(new RegExp(`^${name}=.+$`, 'm'))
    }
    expect(stderr).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\/webhook$/m)
  })

  it('continues from a saved state', async () => {
    const cwd = tempFolder()
    for (const _ of ['first', 'second']) {
      const dev = start(['--state', 'x.json'], { cwd })
      await dev.printed(/ {2}read {9}/)
      expect((await dev.stop()).stderr).not.toMatch(/warning|error/)
    }
  })

  it.each([
    ['--port', '--port'],
    ['--emulator-port', '--emulator-port'],
    ['--events-port', '--events-port'],
  ])('names the flag %s when its port is in use', async (flag, named) => {
    const { port } = new URL(await listen((_, response) => response.end()))
    const free = ['--port', '--emulator-port', '--events-port'].flatMap((name) => [name, name === flag ? port : '0'])
    const { code, stdout, stderr } = await runCommand(['dev', ...free])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(
      `Port ${port} is in use by another program.\nEnd that program, or choose another port with ${named}.`,
    )
  })

  it('gives both signatures with --oauth2', async () => {
    const dev = start(['--oauth2', '--json'])
    await dev.printed(/"kind":"follow"/)
    expect(JSON.parse((await dev.stop()).stdout.split('\n', 1)[0] ?? '').env).toHaveProperty('X_CLIENT_SECRET')
  })
})

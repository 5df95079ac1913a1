import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createEmulator } from '../../../../src/entries/emulator.ts'
import { serveEmulator } from '../../../../src/entries/emulator-node.ts'
import { createClient } from '../../../../src/entries/index.ts'
import { listen } from '../../../support/listen.ts'
import { type RunCommandOptions, runCommand, startCommand } from '../../../support/run-command.ts'
import { tempFolder } from '../../../support/temp-folder.ts'
import { VirtualTime } from '../../../support/virtual-time.ts'
import { envelopeOf } from '../../../support/x-activities.ts'

const env = { X_CONSUMER_SECRET: 'consumer-secret' }
// Escaped as X escapes it, so that JSON written again has other bytes.
const body = `${JSON.stringify({ data: envelopeOf('post.mention.create') }).replaceAll('e', String.raw`\u0065`)} `

/** https://docs.x.com/x-api/webhooks/introduction#securing-webhooks */
function signatureOf(text: string, secret = env.X_CONSUMER_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(text).digest('base64')}`
}

async function start(args: readonly string[] = [], options: RunCommandOptions = {}) {
  const command = startCommand(['listen', '--port', '0', ...args], { env, ...options })
  const [, url = ''] = await command.printed(/(?:^ready |"webhookUrl":")(http:\/\/127\.0\.0\.1:\d+[^\s"]*)/m)
  const post = (text: string, signature = signatureOf(text)) =>
    fetch(url, { method: 'POST', body: text, headers: { 'x-twitter-webhooks-signature': signature } })
  return { ...command, url, post }
}

describe('listen', () => {
  it('answers the CRC, prints signed deliveries, and says how to put a tunnel in front', async () => {
    const { url, post, printed, stop } = await start()
    const crc = await fetch(`${url}?crc_token=challenge`)
    expect([crc.status, await crc.json()]).toEqual([200, { response_token: signatureOf('challenge') }])
    expect((await post(body)).status).toBe(200)
    await printed(/^\d\d:\d\d:\d\d {2}in {3}mention .* post\.mention\.create:\S+$/m)
    const { code, stderr } = await stop()
    expect(code).toBe(130)
    expect(stderr).toContain(`cloudflared tunnel --url ${new URL(url).origin}\n`)
    expect(stderr).toContain('webhooks create https://<address>/webhook')
    await expect(fetch(url)).rejects.toThrow()
  })

  it('prints lines of JSON with --json', async () => {
    const { post, printed, stop } = await start(['--json'])
    await post(body)
    await printed(/"kind":"mention"/)
    const lines = (await stop()).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((line) => Object.keys(line))).toEqual([
      ['type', 'webhookUrl', 'eventsUrl'],
      ['id', 'type', 'kind', 'forUserId', 'event'],
    ])
    expect(lines[1]).toMatchObject({ type: 'post.mention.create', event: { payload: { id: '301' } } })
  })

  it('refuses what is not signed, and shows each reason once', async () => {
    const { post, url, stop } = await start()
    expect((await post(body, signatureOf(body, 'wrong'))).status).toBe(401)
    expect((await post(body, signatureOf(body, 'wrong again'))).status).toBe(401)
    expect((await fetch(url, { method: 'POST', body })).status).toBe(401)
    const { stdout, stderr } = await stop()
    expect(stdout.match(/mention/)).toBeNull()
    expect(stderr.match(/refused \(signature_mismatch\)\. /g)).toHaveLength(1)
    expect(stderr.match(/refused \(signature_missing\)\. /g)).toHaveLength(1)
    expect(stderr).toContain('2 requests were refused (signature_mismatch).\n')
  })

  it('takes everything with --no-verify, and warns', async () => {
    const { url, printed, stop } = await start(['--no-verify'], { env: {} })
    expect((await fetch(url, { method: 'POST', body })).status).toBe(200)
    await printed(/mention/)
    expect((await fetch(url, { method: 'POST', body: 'no json' })).status).toBe(400)
    expect((await fetch(`${url}?crc_token=challenge`)).status).toBe(500)
    const { stderr } = await stop()
    expect(stderr).toContain('warning: Signatures are not verified')
    expect(stderr).toContain('The CRC cannot be answered: X_CONSUMER_SECRET is not set.')
  })

  it.each([1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1])('has a limit for bodies: %i bytes', async (bytes) => {
    const { post } = await start(['--no-verify'], { env: {} })
    const text = `{"a":"${'x'.repeat(bytes - 8)}"}`
    expect(text).toHaveLength(bytes)
    expect((await post(text)).status).toBe(bytes > 1024 * 1024 ? 413 : 200)
  })

  it('answers at its path only', async () => {
    const { url, stop } = await start(['--path', '/x/hook'])
    expect(new URL(url).pathname).toBe('/x/hook')
    expect((await fetch(new URL('/webhook', url), { method: 'POST', body })).status).toBe(404)
    expect((await stop()).stderr).toContain('A request for /webhook got status 404: the webhook is at /x/hook.')
  })

  it('saves the exact bytes', async () => {
    const cwd = tempFolder()
    const { post, stop } = await start(['--save', 'deliveries'], { cwd })
    await post(body)
    await vi.waitFor(() => expect(readdirSync(join(cwd, 'deliveries'))).toHaveLength(2))
    await stop()
    const [name = ''] = readdirSync(join(cwd, 'deliveries')).filter((file) => !file.endsWith('.headers.json'))
    expect(name).toMatch(/-post\.mention\.create\.json$/)
    expect(readFileSync(join(cwd, 'deliveries', name), 'utf8')).toBe(body)
  })

  it('forwards by type, the very bytes with their signature', async () => {
    const received: string[][] = []
    const serve = (name: string) =>
      listen(async (request, response) => {
        const chunks = []
        for await (const chunk of request) chunks.push(chunk)
        received.push([name, Buffer.concat(chunks).toString(), String(request.headers['x-twitter-webhooks-signature'])])
        response.end()
      })
    const rules = [`mention,message=${await serve('a')}`, `*=${await serve('b')}`]
    const { post } = await start(rules.flatMap((rule) => ['--forward', rule]))
    const other = JSON.stringify({ data: envelopeOf('profile.update.bio') })
    await post(body)
    await post(other)
    await vi.waitFor(() => expect(received).toHaveLength(2))
    expect(received.sort()).toEqual([
      ['a', body, signatureOf(body)],
      ['b', other, signatureOf(other)],
    ])
  })

  it('attempts again what the app refuses', async () => {
    let requests = 0
    const url = await listen((_, response) => {
      requests += 1
      response.writeHead(requests === 1 ? 500 : 200).end('busy')
    })
    const { post, printed } = await start(['--forward', url], {
      sleep: (ms, signal) => setTimeout(ms === 3000 ? 0 : ms, undefined, { signal }),
    })
    await post(body)
    await printed(/warning: your app: 500 busy, http:\S+ It is sent again in 3 s\.\n/)
    await printed(/your app: 200 at attempt 2/)
  })

  it.each([
    [{}, ['--port', '0'], 4, /X_CONSUMER_SECRET is not set\.\n.*pass --no-verify/],
    [env, ['--recover'], 2, /--recover needs --url/],
    [env, ['--path', 'webhook'], 2, /A path begins with a slash/],
    [env, ['--port', '0', '--forward', 'mentions=http://a.example'], 2, /"mentions" is not an event type/],
    [env, ['--retry', 'often'], 2, /often/],
  ])('refuses %j %j', async (variables, args, expected, message) => {
    const { code, stdout, stderr } = await runCommand(['listen', ...args], { env: variables })
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('reads the secrets from .env', async () => {
    const cwd = tempFolder()
    writeFileSync(join(cwd, '.env'), 'X_CONSUMER_SECRET=consumer-secret\n')
    const { post } = await start([], { cwd, env: {} })
    expect((await post(body)).status).toBe(200)
  })

  it('recovers what could not arrive while the public URL was cut off', async () => {
    const x = createEmulator({ now: () => Date.UTC(2026, 10, 29, 12), retries: 'none' })
    const time = new VirtualTime(x)
    const alice = x.addUser({ screenName: 'alice' })
    const bob = x.addUser({ screenName: 'bob' })
    const platform = await serveEmulator(x)
    onTestFinished(() => platform.close())
    const baseUrl = platform.url
    let isCutOff = false
    const send = time.during((request) =>
      isCutOff && request.url.includes('crc_token') ? Promise.reject(new TypeError('fetch failed')) : fetch(request),
    )
    const first = startCommand(['listen', '--port', '0'], { env: { X_CONSUMER_SECRET: x.app.consumerSecret } })
    const [, free = ''] = await first.printed(/^ready http:\/\/127\.0\.0\.1:(\d+)/m)
    const publicUrl = `http://127.0.0.1:${free}/webhook`
    const variables = {
      X_BASE_URL: baseUrl,
      X_CONSUMER_KEY: x.app.consumerKey,
      X_CONSUMER_SECRET: x.app.consumerSecret,
    }
    const client = createClient({ ...x.app, baseUrl, now: time.now })
    const { id } = await client.webhooks.create(publicUrl)
    await client.subscriptions.create(id, { user: alice })
    await first.stop()
    await bob.post('Are you there, @alice?')
    await x.idle()
    isCutOff = true
    const args = ['listen', '--port', free, '--events-port', '0', '--url', publicUrl, '--recover']
    const second = startCommand(args, {
      env: variables,
      now: time.now,
      sleep: time.sleep,
      fetch: (input, init) => send(new Request(input, init)),
    })
    await second.printed(/Since 2026-11-29 12:00 .* does not lead here\. It cannot be reached/)
    isCutOff = false
    await time.pass(60)
    await second.printed(/Nothing could arrive from 2026-11-29 12:00/)
    await second.printed(/recovery: done\. 1 recovered, 0 lost\./)
    await second.printed(/in {3}mention .*Are you there/)
  })
})

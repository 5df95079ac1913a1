import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDeliveryFolder } from '../../../../src/cli/listen/saved-deliveries.ts'
import { parseDelivery } from '../../../../src/entries/events.ts'
import { listen } from '../../../support/listen.ts'
import { runCommand } from '../../../support/run-command.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const env = { X_CONSUMER_SECRET: 'consumer-secret' }
const body = String.raw`{ "for_user_id": "1", "follow_events": [] , "text": "\u00fc\/" }`

/** https://docs.x.com/x-api/webhooks/introduction#securing-webhooks */
const signature = `sha256=${createHmac('sha256', env.X_CONSUMER_SECRET).update(body).digest('base64')}`

async function start(statuses: readonly number[] = []) {
  const received: (string | undefined)[][] = []
  const url = await listen(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    received.push([Buffer.concat(chunks).toString(), request.headers['x-twitter-webhooks-signature'] as string])
    response.writeHead(statuses[received.length - 1] ?? 200).end()
  })
  const cwd = tempFolder()
  const { save } = await openDeliveryFolder(cwd)
  const headers = { 'x-twitter-webhooks-signature': 'sha256=of-x', authorization: 'not sent again' }
  const file = await save({ body: Buffer.from(body), headers, delivery: parseDelivery(body), receivedAt: 0 })
  return { url, received, cwd, file }
}

describe('resend', () => {
  it('sends the exact bytes, signed anew', async () => {
    const { url, received, cwd, file } = await start()
    const { code, stdout } = await runCommand(['resend', file, '--to', url, '--json'], { cwd, env })
    expect(received).toEqual([[body, signature]])
    expect({ code, ...JSON.parse(stdout) }).toEqual({
      code: 0,
      file,
      url,
      status: 200,
      body: '',
      durationMs: expect.any(Number),
    })
  })

  it('keeps the signature with --keep-signature, and needs no secret', async () => {
    const { url, received, cwd, file } = await start()
    const { code } = await runCommand(['resend', file, '--to', url, '--keep-signature'], { cwd })
    expect({ code, received }).toEqual({ code: 0, received: [[body, 'sha256=of-x']] })
  })

  it('sends several files, and ends with 1 when one is refused', async () => {
    const { url, received, cwd, file } = await start([500, 200])
    const { code, stdout } = await runCommand(['resend', file, file, '--to', url], { cwd, env })
    expect({ code, sent: received.length }).toEqual({ code: 1, sent: 2 })
    expect(stdout.split('\n').map((line) => line.slice(0, 3))).toEqual(['500', '200', ''])
  })

  it.each([
    [['missing.json'], /The file missing\.json cannot be read \(ENOENT\)/],
    [['plain.json', '--keep-signature'], /The headers of plain\.json were not saved\./],
    [[], /file/],
  ])('refuses %j, and sends nothing', async (args, message) => {
    const { url, received, cwd, file } = await start()
    writeFileSync(join(cwd, 'plain.json'), body)
    const files = args.length === 0 ? [] : [file, ...args]
    const { code, stderr } = await runCommand(['resend', ...files, '--to', url], { cwd, env })
    expect({ code, received }).toEqual({ code: 2, received: [] })
    expect(stderr).toMatch(message)
  })
})

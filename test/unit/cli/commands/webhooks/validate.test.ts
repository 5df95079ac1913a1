import { expect, test } from 'vitest'
import { emulatedCli, webhookUrl } from '../../../../support/emulated-cli.ts'

test('says whether the webhook is valid afterwards, and ends with 3 when it is not', async () => {
  let isRunning = true
  const cli = emulatedCli()
  const { x, run, json } = emulatedCli({
    fetch: async (request) => {
      if (!isRunning) return new Response(null, { status: 500 })
      const { answerCrc } = await import('x-account-activity/webhook')
      const token = new URL(request.url).searchParams.get('crc_token') ?? ''
      return Response.json(answerCrc(token, x.app.consumerSecret))
    },
  })
  expect(cli.x.webhooks).toEqual([])
  const { id } = (await json(['webhooks', 'create', webhookUrl])) as { id: string }
  expect(await json(['webhooks', 'validate'])).toEqual({ id, attempted: true, valid: true })
  isRunning = false
  expect((await run(['webhooks', 'validate', id])).code).not.toBe(0)
  isRunning = true
  expect(await run(['webhooks', 'validate', id])).toMatchObject({ code: 0, stdout: `Webhook ${id} is valid.\n` })
})

test('ends with 3 when X starts the check and the webhook stays invalid', async () => {
  const { run, x } = emulatedCli()
  const answers: Readonly<Record<string, object>> = {
    PUT: { data: { valid: true } },
    GET: { data: [{ id: '7', url: webhookUrl, valid: false, created_at: '2026-11-29T10:00:00.000Z' }] },
  }
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init)
    return request.url.endsWith('/oauth2/token') ? x.fetch(request) : Response.json(answers[request.method])
  }
  expect(await run(['webhooks', 'validate', '7', '--json'], { fetch })).toMatchObject({
    code: 3,
    stdout: '{"id":"7","attempted":true,"valid":false}\n',
  })
})

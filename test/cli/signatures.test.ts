import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyFolder, runCli } from './support/run-cli.ts'

const env = { X_CONSUMER_SECRET: 'consumer-secret' }
const body = '{"for_user_id":"1","text":"ü &amp; 👋"}'

/** https://docs.x.com/x-api/webhooks/introduction#securing-webhooks */
function hmac(text: string, secret = env.X_CONSUMER_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(text).digest('base64')}`
}

test('crc prints the answer that X expects', async () => {
  const { code, stdout, stderr } = await runCli(['crc', 'challenge'], { env })
  expect({ code, stderr, answer: JSON.parse(stdout) }).toEqual({
    code: 0,
    stderr: '',
    answer: { response_token: hmac('challenge') },
  })
})

test('crc refuses a token that X would not send', async () => {
  const { code, stdout, stderr } = await runCli(['crc', body, '--json'], { env })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'verification', reason: 'crc_token_refused' } })
})

test('sign signs the bytes of standard input or of a file', async () => {
  expect(await runCli(['sign'], { env, input: body })).toEqual({ code: 0, stdout: `${hmac(body)}\n`, stderr: '' })
  const cwd = emptyFolder()
  writeFileSync(join(cwd, 'delivery.json'), `${body}\n`)
  const { stdout } = await runCli(['sign', 'delivery.json', '--json'], { env, cwd })
  expect(JSON.parse(stdout)).toEqual({ signature: hmac(`${body}\n`) })
})

test('verify says which secret made a signature, and ends with 3 where none did', async () => {
  const secrets = { ...env, X_CLIENT_SECRET: 'client-secret' }
  const verify = async (signature: string) => {
    const { code, stdout } = await runCli(['verify', '--json', '--signature', signature], { env: secrets, input: body })
    return { code, ...JSON.parse(stdout) }
  }
  expect(await verify(hmac(body))).toEqual({ code: 0, valid: true, secret: 'X_CONSUMER_SECRET' })
  expect(await verify(hmac(body, 'client-secret'))).toEqual({ code: 0, valid: true, secret: 'X_CLIENT_SECRET' })
  expect(await verify(hmac(`${body}\n`))).toEqual({ code: 3, valid: false })
})

test('no command prints a secret, or runs without one', async () => {
  for (const command of [['crc', 'challenge'], ['sign'], ['verify', '--signature', 'sha256=x']]) {
    const { code, stdout, stderr } = await runCli(command, { input: body })
    expect({ command, code, stdout }).toEqual({ command, code: 4, stdout: '' })
    expect(stderr).toMatch(/X_CONSUMER_SECRET/)
  }
})

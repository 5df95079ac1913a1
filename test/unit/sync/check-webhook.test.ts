import { describe, expect, it } from 'vitest'
import { checkWebhook } from '../../../src/sync/check-webhook.ts'
import { AppWebhooks, url } from '../../support/app-webhooks.ts'
import { failedValidation } from '../../support/recovery-world.ts'

const { signal } = new AbortController()

describe('checkWebhook', () => {
  it('makes one call when X lists the webhook as valid', async () => {
    const x = new AppWebhooks()
    const { id } = x.add(url)
    expect(await checkWebhook(x.client, id, { signal })).toEqual({ isValid: true, wasValid: true, wasReached: false })
    expect(x.calls).toEqual(['list'])
  })

  it('has X validate a valid webhook with probe: true', async () => {
    const x = new AppWebhooks()
    const { id } = x.add(url)
    const health = await checkWebhook(x.client, id, { probe: true, signal })
    expect(health).toEqual({ isValid: true, wasValid: true, wasReached: true })
    expect(x.calls).toEqual(['list', `validate ${id}`, 'list'])
  })

  it('has X validate an invalid webhook', async () => {
    const x = new AppWebhooks()
    const { id } = x.add(url, false)
    const health = await checkWebhook(x.client, id, { signal })
    expect(health).toEqual({ isValid: true, wasValid: false, wasReached: true })
  })

  it('returns the error of a CRC that failed, and throws other errors', async () => {
    const x = new AppWebhooks()
    const { id } = x.add(url, false)
    const failCalls = (error: Error) => {
      x.before = (call) => {
        if (call.startsWith('validate')) throw error
      }
    }
    const crcFailed = failedValidation()
    failCalls(crcFailed)
    const health = await checkWebhook(x.client, id, { signal })
    expect(health).toEqual({ isValid: false, wasValid: false, wasReached: false, error: crcFailed })
    const missing = failedValidation('WebhookIdInvalid')
    failCalls(missing)
    await expect(checkWebhook(x.client, id, { signal })).rejects.toBe(missing)
  })
})

import { describe, expect, test } from 'vitest'
import { createPremiumClient, type PremiumClientOptions } from '../../../src/client/create-premium-client.ts'
import { mockXApi, patientOptions, secrets } from '../../support/x-api.ts'

const x = mockXApi()
const app = { consumerKey: secrets.consumerKey, consumerSecret: secrets.consumerSecret }

describe('the environment', () => {
  const list = async (environment: unknown) => {
    const client = createPremiumClient({ ...patientOptions(), environment } as PremiumClientOptions)
    x.answers({ json: [] })
    await client.webhooks.list()
    return x.requests[0]?.path
  }

  test.each(['dev', 'Dev', 'DEV', 'env_beta-2', 'v1.1', '2', '-', '__proto__', 'constructor', 'e'.repeat(200)])(
    'is sent unchanged: %s',
    async (environment) => {
      expect(await list(environment)).toBe(`/1.1/account_activity/all/${environment}/webhooks.json`)
    },
  )

  test.each([
    ['undefined', undefined, TypeError],
    ['null', null, TypeError],
    ['a number', 1, TypeError],
    ['an array', ['dev'], TypeError],
    ['an object', { toString: () => 'dev' }, TypeError],
    ['an empty string', '', RangeError],
    ['leading white space', ' dev', RangeError],
    ['a space inside', 'my env', RangeError],
    ['a line break', 'dev\n', RangeError],
    ['a path', 'dev/webhooks', RangeError],
    ['two dots', '..', RangeError],
    ['a dot', '.', RangeError],
    ['a leading dot', '.dev', RangeError],
    ['a backslash', 'dev\\', RangeError],
    ['a query', 'dev?a=b', RangeError],
    ['a fragment', 'dev#', RangeError],
    ['an encoded slash', 'dev%2F', RangeError],
    ['letters that are not ASCII', 'dév', RangeError],
  ])('is refused when the client is created: %s', (_, environment, Expected) => {
    const create = () => createPremiumClient({ ...app, environment } as PremiumClientOptions)
    expect(create).toThrow(Expected)
    expect(create).toThrow(/"environment" must/)
  })

  test.each([undefined, null, 'dev', []])('is not read from the options %j', (options) => {
    expect(() => createPremiumClient(options as unknown as PremiumClientOptions)).toThrow('"options" must be an object')
  })
})

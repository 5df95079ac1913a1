import { describe, expect, test } from 'vitest'
import { clientOptionsFromEnv } from '../../../src/client/client-options-from-env.ts'

const keys = { X_CONSUMER_KEY: 'key', X_CONSUMER_SECRET: 'secret' }

describe('clientOptionsFromEnv', () => {
  test('reads the keys and adds nothing else', () => {
    expect(clientOptionsFromEnv({ ...keys, PATH: '/bin' })).toStrictEqual({
      consumerKey: 'key',
      consumerSecret: 'secret',
    })
  })

  test('reads every variable', () => {
    const env = {
      ...keys,
      X_BEARER_TOKEN: 'AAAA%3D',
      X_ACCESS_TOKEN: 'token',
      X_ACCESS_TOKEN_SECRET: 'token-secret',
      X_BASE_URL: 'http://127.0.0.1:4010',
    }
    expect(clientOptionsFromEnv(env)).toStrictEqual({
      consumerKey: 'key',
      consumerSecret: 'secret',
      bearerToken: 'AAAA%3D',
      user: { accessToken: 'token', accessTokenSecret: 'token-secret' },
      baseUrl: 'http://127.0.0.1:4010',
    })
  })

  test('treats an empty variable as not set', () => {
    const env = { ...keys, X_BEARER_TOKEN: '', X_ACCESS_TOKEN: '', X_ACCESS_TOKEN_SECRET: '', X_BASE_URL: '' }
    expect(clientOptionsFromEnv(env)).toStrictEqual({ consumerKey: 'key', consumerSecret: 'secret' })
  })

  test.each([
    [{}, 'X_CONSUMER_KEY'],
    [{ X_CONSUMER_KEY: 'key' }, 'X_CONSUMER_SECRET'],
    [{ X_CONSUMER_KEY: '', X_CONSUMER_SECRET: 'secret' }, 'X_CONSUMER_KEY'],
    [{ ...keys, X_ACCESS_TOKEN: 'token' }, 'X_ACCESS_TOKEN_SECRET'],
    [{ ...keys, X_ACCESS_TOKEN_SECRET: 'token-secret' }, 'X_ACCESS_TOKEN'],
  ])('names the variable that is missing in %j', (env, name) => {
    expect(() => clientOptionsFromEnv(env)).toThrow(
      new TypeError(
        `The environment variable ${name} is not set. Set it to the value that the developer portal of X shows.`,
      ),
    )
  })

  test('names a variable that ends with white space, without its value', () => {
    const read = () => clientOptionsFromEnv({ ...keys, X_CONSUMER_SECRET: 'pasted-secret\n' })
    expect(read).toThrow(new RangeError('"X_CONSUMER_SECRET" must not begin or end with white space'))
  })

  test.each([undefined, null, 'X_CONSUMER_KEY=key', []])('refuses %j', (env) => {
    expect(() => clientOptionsFromEnv(env as unknown as Record<string, string>)).toThrow(TypeError)
  })

  test('reads only when it is called', () => {
    const env: Record<string, string> = { ...keys }
    const options = clientOptionsFromEnv(env)
    env.X_CONSUMER_KEY = 'changed'
    expect(options.consumerKey).toBe('key')
  })
})

import { assertObject, assertSecret } from '../internal/assert.ts'
import type { ClientOptions } from './client-options.ts'

/**
 * The options of a client from environment variables, read once, when it is called. An empty variable counts as none.
 *
 * | variable | option |
 * |---|---|
 * | `X_CONSUMER_KEY`, `X_CONSUMER_SECRET` | `consumerKey`, `consumerSecret`; needed |
 * | `X_BEARER_TOKEN` | `bearerToken` |
 * | `X_ACCESS_TOKEN`, `X_ACCESS_TOKEN_SECRET` | `user`; both or neither |
 * | `X_BASE_URL` | `baseUrl` |
 *
 * @param env - `process.env`, the `env` of a worker, or any object of strings.
 * @throws TypeError when a variable that is needed is not set; it is named.
 * @throws RangeError when one has white space at its ends.
 *
 * @example
 * import { clientOptionsFromEnv } from 'x-account-activity'
 *
 * clientOptionsFromEnv({ X_CONSUMER_KEY: 'key', X_CONSUMER_SECRET: 'secret' })
 * // { consumerKey: 'key', consumerSecret: 'secret' }
 */
export function clientOptionsFromEnv(env: Readonly<Record<string, string | undefined>>): ClientOptions {
  assertObject(env, 'env')
  const consumerKey = readRequired(env, 'X_CONSUMER_KEY')
  const consumerSecret = readRequired(env, 'X_CONSUMER_SECRET')
  const bearerToken = readOptional(env, 'X_BEARER_TOKEN')
  const baseUrl = readOptional(env, 'X_BASE_URL')
  const user = readUser(env)
  return {
    consumerKey,
    consumerSecret,
    ...(bearerToken !== undefined && { bearerToken }),
    ...(user !== undefined && { user }),
    ...(baseUrl !== undefined && { baseUrl }),
  }
}

type Env = Readonly<Record<string, string | undefined>>

function readUser(env: Env): ClientOptions['user'] {
  const given = ['X_ACCESS_TOKEN', 'X_ACCESS_TOKEN_SECRET'].some((name) => readOptional(env, name) !== undefined)
  if (!given) return undefined
  return { accessToken: readRequired(env, 'X_ACCESS_TOKEN'), accessTokenSecret: readRequired(env, 'X_ACCESS_TOKEN_SECRET') }
}

function readOptional(env: Env, name: string): string | undefined {
  const value = env[name]
  if (value === undefined || value === '') return undefined
  assertSecret(value, name)
  return value
}

function readRequired(env: Env, name: string): string {
  const value = readOptional(env, name)
  if (value === undefined) throw new TypeError(`The environment variable ${name} is not set`)
  return value
}

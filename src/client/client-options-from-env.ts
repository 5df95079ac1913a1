import { assertObject, assertSecret } from '../internal/assert.ts'
import type { ClientOptions } from './client-options.ts'

/**
 * Reads the options of a client from environment variables. An empty variable counts as not set.
 *
 * | variable | option |
 * |---|---|
 * | `X_CONSUMER_KEY`, `X_CONSUMER_SECRET` | `consumerKey`, `consumerSecret` (required) |
 * | `X_BEARER_TOKEN` | `bearerToken` |
 * | `X_ACCESS_TOKEN`, `X_ACCESS_TOKEN_SECRET` | `user` (both or none) |
 * | `X_BASE_URL` | `baseUrl` |
 *
 * @param env - `process.env`, the `env` of a worker, or any object of strings. It is read only during the call.
 * @throws TypeError if a required variable is not set. The message names the variable.
 * @throws RangeError if a variable begins or ends with white space. The message does not contain its value.
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
  return {
    accessToken: readRequired(env, 'X_ACCESS_TOKEN'),
    accessTokenSecret: readRequired(env, 'X_ACCESS_TOKEN_SECRET'),
  }
}

function readOptional(env: Env, name: string): string | undefined {
  const value = env[name]
  if (value === undefined || value === '') return undefined
  assertSecret(value, name)
  return value
}

function readRequired(env: Env, name: string): string {
  const value = readOptional(env, name)
  if (value === undefined)
    throw new TypeError(
      `The environment variable ${name} is not set. Set it to the value that the developer portal of X shows.`,
    )
  return value
}

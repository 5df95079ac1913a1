import { assertFunction, assertObject } from '../../internal/assert.ts'

/** The part of a client, pool or cluster of the package `redis` (version 5 or later) that a store uses. */
export interface NodeRedisClient {
  /** Whether the client is connected. Only the clients of `redis` have this property. */
  readonly isOpen: boolean
  /** Runs a Lua script. */
  eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>
}

/** The part of a client or cluster of the package `ioredis` (version 5 or later) that a store uses. */
export interface IoRedisClient {
  /** Only the clients of `ioredis` have this method. */
  readonly defineCommand: unknown
  /** Runs a Lua script. */
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>
}

/** Runs a Lua script on one key. Redis runs no other command at the same time. */
export type RunScript = (script: string, key: string, ...values: string[]) => Promise<unknown>

/**
 * Finds out which package a client comes from by its members, so that neither package needs to be installed.
 *
 * @throws TypeError when it is a client of neither package.
 */
export function readRedisClient(client: NodeRedisClient | IoRedisClient): RunScript {
  assertObject(client, 'client')
  assertFunction(client.eval, 'client.eval')
  if ('defineCommand' in client) return (script, key, ...values) => client.eval(script, 1, key, ...values)
  if ('isOpen' in client) return (script, key, ...values) => client.eval(script, { keys: [key], arguments: values })
  throw new TypeError('"client" must be a client of the package "redis" or "ioredis"')
}

import { assertFunction, assertObject } from '../../internal/assert.ts'

/** What is used of a client, pool or cluster of the package `redis`, of version 5 or later. */
export interface NodeRedisClient {
  readonly isOpen: boolean
  eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>
}

/** What is used of a client or cluster of the package `ioredis`, of version 5 or later. */
export interface IoRedisClient {
  readonly defineCommand: unknown
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>
}

/** Runs a Lua script on one key: one step for everybody else. */
export type RunScript = (script: string, key: string, ...values: string[]) => Promise<unknown>

/** Tells the clients apart by what they have, so that neither package has to be there. */
export function readRedisClient(client: NodeRedisClient | IoRedisClient): RunScript {
  assertObject(client, 'client')
  assertFunction(client.eval, 'client.eval')
  if ('defineCommand' in client) return (script, key, ...values) => client.eval(script, 1, key, ...values)
  if ('isOpen' in client) return (script, key, ...values) => client.eval(script, { keys: [key], arguments: values })
  throw new TypeError('"client" must be a client of the package "redis" or "ioredis"')
}

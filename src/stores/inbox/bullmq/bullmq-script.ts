import type { Queue } from 'bullmq'

/** The Redis client of BullMQ. The first versions of BullMQ 5 give that of ioredis, which has no `runCommand`. */
interface ScriptClient {
  defineCommand(name: string, definition: { readonly numberOfKeys: number; readonly lua: string }): void
  runCommand?(name: string, keysAndArguments: readonly string[]): Promise<string | null>
}

/** ioredis makes a method of each script that is defined. */
type Commands = Readonly<Record<string, (...keysAndArguments: string[]) => Promise<string | null>>>

/** A Lua script with its keys and its one argument. */
interface Script {
  readonly name: string
  readonly lua: string
  readonly keys: readonly string[]
  readonly argument: string
}

/** Runs a Lua script through the connection of a queue. */
export async function runScript(queue: Queue, { name, lua, keys, argument }: Script): Promise<string | undefined> {
  const client = await clientOf(queue)
  client.defineCommand(name, { numberOfKeys: keys.length, lua })
  const result = client.runCommand
    ? client.runCommand(name, [...keys, argument])
    : (client as unknown as Commands)[name]?.(...keys, argument)
  return (await result) ?? undefined
}

/** BullMQ 6 has the client on the connection of its backend, BullMQ 5 on the queue. */
function clientOf(queue: Queue): Promise<ScriptClient> {
  const { client } = 'getBackend' in queue ? queue.getBackend().connection : queue
  return client as Promise<unknown> as Promise<ScriptClient>
}

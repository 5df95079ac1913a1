import type { Queue } from 'bullmq'

/** The Redis client of BullMQ. The first versions of BullMQ 5 give that of ioredis, which has no `runCommand`. */
interface ScriptClient {
  defineCommand(name: string, definition: { readonly numberOfKeys: number; readonly lua: string }): void
  runCommand?(name: string, keysAndArguments: readonly string[]): Promise<string | null>
}

/** ioredis makes a method of each script that is defined. */
type Commands = Readonly<Record<string, (key: string, argument: string) => Promise<string | null>>>

/** Runs a Lua script on one key, through the connection of a queue. */
export async function runScript(
  queue: Queue,
  { name, lua, key, argument }: { name: string; lua: string; key: string; argument: string },
): Promise<string | undefined> {
  const client = await clientOf(queue)
  client.defineCommand(name, { numberOfKeys: 1, lua })
  const result = client.runCommand
    ? client.runCommand(name, [key, argument])
    : (client as unknown as Commands)[name]?.(key, argument)
  return (await result) ?? undefined
}

/** BullMQ 6 has the client on the connection of its backend, BullMQ 5 on the queue. */
function clientOf(queue: Queue): Promise<ScriptClient> {
  const { client } = 'getBackend' in queue ? queue.getBackend().connection : queue
  return client as Promise<unknown> as Promise<ScriptClient>
}

import type { EmulatorHarness } from './emulator-harness.ts'

/** A stream of an emulator, and what has arrived on it. */
export interface TestStream {
  /** The response, which is pending until there is a byte. */
  readonly response: Promise<Response>
  /** The texts that arrived since the last call, after nothing is pending. */
  read(): Promise<string>
  /** The bodies of the events that arrived since the last call. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of every kind.
  events(): Promise<any[]>
  /** Why reading ended: `ended`, or the error. `undefined` while the stream is open. */
  readonly end: unknown
  abort(): void
}

/** Opens a stream with the bearer token of an app, and reads it as fast as it arrives. By default it is that of activities. */
export async function openStream(
  harness: EmulatorHarness,
  query = '',
  { app = harness.x.app, path = '/2/activity/stream' } = {},
): Promise<TestStream> {
  const controller = new AbortController()
  const response = harness.x.fetch(`https://api.x.com${path}${query}`, {
    headers: { authorization: `Bearer ${app.bearerToken}` },
    signal: controller.signal,
  })
  let text = ''
  const stream = { end: undefined as unknown }
  const reading = async () => {
    const decoder = new TextDecoder()
    const reader = (await response).body?.getReader()
    for (let read = await reader?.read(); read?.value; read = await reader?.read()) text += decoder.decode(read.value)
    stream.end = 'ended'
  }
  void reading().catch((error: unknown) => {
    stream.end = error
  })
  const read = async () => {
    await harness.x.idle()
    await settled()
    const arrived = text
    text = ''
    return arrived
  }
  await settled()
  return {
    response,
    read,
    events: async () => (await read()).split('\r\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)])),
    get end() {
      return stream.end
    },
    abort: () => controller.abort(),
  }
}

/** Lets everything run that needs no time. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

import type { EmulatorOptions } from 'x-account-activity/emulator'
import { EmulatorHarness } from './emulator-harness.ts'

/** A client of the control API, and the emulator behind it. */
export class ControlClient {
  readonly harness: EmulatorHarness

  constructor(options: EmulatorOptions = {}) {
    this.harness = new EmulatorHarness(options)
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const isJson = body !== undefined && { 'content-type': 'application/json' }
    return this.harness.x.fetch(`http://127.0.0.1:4000/emulator${path}`, {
      method,
      headers: { ...isJson, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }

  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind.
  async get(path: string): Promise<any> {
    return (await this.send('GET', path)).json()
  }

  /** Sends a request that must be answered with status 200. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind.
  async post(path: string, body: unknown = {}, method = 'POST'): Promise<any> {
    const response = await this.send(method, path, body)
    if (response.status !== 200) throw new Error(await response.text())
    return response.json()
  }

  /** The status and the message of a refusal. */
  async failure(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    const response = await this.send(method, path, body, headers)
    return [response.status, ((await response.json()) as { error: string }).error]
  }
}

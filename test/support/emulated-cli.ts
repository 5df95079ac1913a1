import { createEmulator, type EmulatedUser, type Emulator, type EmulatorOptions } from 'x-account-activity/emulator'
import { createReceiver } from 'x-account-activity/receiver'
import { type CommandResult, type RunCommandOptions, runCommand } from './run-command.ts'

/** The address at which the emulator has a webhook. */
export const webhookUrl = 'https://app.example/webhooks/x'

/** An emulator, and the command line with the credentials of an app and a user of it. */
export interface EmulatedCli {
  readonly x: Emulator
  readonly alice: EmulatedUser
  readonly bob: EmulatedUser
  /** The credentials: those of the app, and of alice. */
  readonly env: Readonly<Record<string, string>>
  readonly run: (args: readonly string[], options?: RunCommandOptions) => Promise<CommandResult>
  /** Runs a command with `--json` that must succeed, and returns what it prints. */
  readonly json: (args: readonly string[], options?: RunCommandOptions) => Promise<unknown>
}

/** Starts an emulator in this process, with the users alice and bob, and a receiver behind {@link webhookUrl}. */
export function emulatedCli(options: EmulatorOptions = {}): EmulatedCli {
  const x: Emulator = createEmulator({
    fetch: (request) => receiver.fetch(request),
    onUnknownRequest: 'ignore',
    ...options,
  })
  const receiver = createReceiver({ consumerSecret: () => x.app.consumerSecret })
  const alice = x.addUser({ screenName: 'alice' })
  const bob = x.addUser({ screenName: 'bob' })
  const env = {
    X_CONSUMER_KEY: x.app.consumerKey,
    X_CONSUMER_SECRET: x.app.consumerSecret,
    X_ACCESS_TOKEN: alice.accessToken,
    X_ACCESS_TOKEN_SECRET: alice.accessTokenSecret,
    X_BASE_URL: 'http://127.0.0.1:1',
  }
  const fetch = (input: string | URL | Request, init?: RequestInit) => x.fetch(new Request(input, init))
  const run: EmulatedCli['run'] = (args, overrides) =>
    runCommand(args, { env, fetch, now: () => x.now(), ...overrides })
  const json: EmulatedCli['json'] = async (args, overrides) => {
    const { code, stdout, stderr } = await run([...args, '--json'], overrides)
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`)
    return JSON.parse(stdout)
  }
  return { x, alice, bob, env, run, json }
}

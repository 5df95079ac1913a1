import { defineCommand } from '../define-command.ts'
import type { DevFlags } from '../dev/run-dev.ts'
import { listenFlags } from '../listen/listen-flags.ts'
import { emulatorFlags } from '../local/emulator-flags.ts'
import { parsePort } from '../local/parse-port.ts'
import { execFlags } from '../local/run-until-end.ts'
import { outputFlags } from '../output/output.ts'

/** Runs everything that development needs. */
export const devCommand = defineCommand<DevFlags>({
  brief: 'Run X and a webhook on this machine, and see events',
  description: `Runs an emulator of X, and a webhook that prints what it receives. Two accounts, alice and bob, are
subscribed. They talk to each other for some seconds, so that you see events. With --port 0, all ports are free ones.

It prints the environment variables for your app, and the line "ready <webhook url>". With --forward, your app gets the
deliveries, too: the very bytes, with their signature. "x-account-activity listen --help" says more about it.

With --exec, it sets the variables, X_WEBHOOK_URL and X_EVENTS_URL, runs the command line, and ends with its exit code.
The accounts are silent then, and events are printed to standard error.`,
  examples: [
    'x-account-activity dev',
    'x-account-activity dev --forward http://localhost:3000/webhook',
    'x-account-activity dev --port 0 --exec "npm test"',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...listenFlags,
      emulatorPort: {
        kind: 'parsed',
        parse: parsePort,
        brief: 'The port of X; without it, 4000',
        placeholder: 'port',
        optional: true,
      },
      ...emulatorFlags,
      ...execFlags,
    },
  },
  async run(run) {
    const { runDev } = await import('../dev/run-dev.ts')
    await runDev(run)
  },
})

import { defineCommand } from '../define-command.ts'
import { defaultEmulatorPort, type EmulatorFlags, emulatorFlags, toEmulatorOptions } from '../local/emulator-flags.ts'
import { parsePort } from '../local/parse-port.ts'
import { type ExecFlags, execFlags, refuseJsonWithExec, runUntilEnd } from '../local/run-until-end.ts'
import { type OutputFlags, outputFlags } from '../output/output.ts'

type Flags = OutputFlags &
  EmulatorFlags &
  ExecFlags & {
    readonly port: number
    readonly host: string
    readonly allowHost?: readonly string[]
  }

/** Runs the emulator of X on a port. */
export const emulatorCommand = defineCommand<Flags>({
  brief: 'Run an emulator of X on this machine',
  description: `Runs X's Account Activity API and X Activity API on a port of this machine until Ctrl-C. It prints the
environment variables for your app, and the line "ready <url>" when it answers requests.

With --exec, it sets the variables, runs the command line, and ends with its exit code. Standard output is then that of
the command line.

The keys are public: they are the same on every machine, unless you pass --seed. Every program that reaches the port can
control the emulator, so it listens on 127.0.0.1 only, unless you pass --host.`,
  examples: [
    'x-account-activity emulator',
    'x-account-activity emulator --port 0 --exec "npm test"',
    'x-account-activity emulator --state x.json --faults api.unavailable=0.1',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      port: {
        kind: 'parsed',
        parse: parsePort,
        brief: 'The port; 0 takes a free one',
        placeholder: 'port',
        default: String(defaultEmulatorPort),
      },
      host: {
        kind: 'parsed',
        parse: String,
        brief: 'The address to listen on',
        placeholder: 'address',
        default: '127.0.0.1',
      },
      allowHost: {
        kind: 'parsed',
        parse: String,
        brief: 'A further host name that it answers to; repeatable',
        placeholder: 'name',
        optional: true,
        variadic: true,
      },
      ...emulatorFlags,
      ...execFlags,
    },
  },
  async run(run) {
    const { flags, output } = run
    refuseJsonWithExec(flags)
    const [{ startEmulator }, { appVariables, formatVariables }] = await Promise.all([
      import('../local/start-emulator.ts'),
      import('../local/app-variables.ts'),
    ])
    const { x, url, close } = await startEmulator(run, {
      options: toEmulatorOptions(flags),
      server: { port: flags.port, hostname: flags.host, hosts: flags.allowHost },
      portFlag: '--port',
      stateFile: flags.state,
      onError: (error) => output.error(error),
    })
    try {
      if (flags.oauth2) x.configureApp({ oauth2: true })
      const variables = appVariables(x.app, url)
      output.note('The emulator of X. Its keys are public: use them on this machine only.')
      if (flags.exec === undefined) {
        output.print({ url, keys: { ...x.app } }, () => `${formatVariables(variables)}\nready ${url}`)
        output.note('Ctrl-C ends it.')
      } else {
        output.note(`ready ${url}`)
      }
      await runUntilEnd(run, variables)
    } finally {
      await close()
    }
  },
})

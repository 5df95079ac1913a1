import type { CommandRun } from '../define-command.ts'
import type { ListenFlags } from '../listen/listen-flags.ts'
import { serveWebhook } from '../listen/serve-webhook.ts'
import { appVariables } from '../local/app-variables.ts'
import type { EmulatorFlags } from '../local/emulator-flags.ts'
import { defaultEmulatorPort, toEmulatorOptions } from '../local/emulator-flags.ts'
import type { ExecFlags } from '../local/run-until-end.ts'
import { refuseJsonWithExec, runUntilEnd } from '../local/run-until-end.ts'
import { startEmulator } from '../local/start-emulator.ts'
import type { OutputFlags } from '../output/output.ts'
import { connectWebhook } from './connect-webhook.ts'
import { demoAccounts, talk } from './demo-world.ts'
import { printWelcome } from './welcome.ts'

export type DevFlags = OutputFlags &
  ListenFlags &
  EmulatorFlags &
  ExecFlags & {
    readonly emulatorPort?: number
  }

/** Starts the emulator and the webhook, connects them, and waits for the end. */
export async function runDev(run: CommandRun<DevFlags>): Promise<void> {
  const { flags, output } = run
  refuseJsonWithExec(flags)
  const { port, emulatorPort = port === 0 ? 0 : defaultEmulatorPort, state, oauth2, exec } = flags
  const emulator = await startEmulator(run, {
    // A webhook of this machine is attempted again soon, so that a restarted app gets what it missed.
    options: { retries: 'five-minutes', ...toEmulatorOptions(flags) },
    server: { port: emulatorPort },
    portFlag: '--emulator-port',
    stateFile: state,
    prepare: demoAccounts,
    onError: (error) => output.error(error),
  })
  try {
    if (oauth2) emulator.x.configureApp({ oauth2 })
    const accounts = demoAccounts(emulator.x)
    const { consumerSecret, clientSecret } = emulator.x.app
    const isStdoutTaken = exec !== undefined
    const webhook = await serveWebhook(run, {
      secrets: { consumerSecret, clientSecret },
      isVerifying: true,
      isStdoutTaken,
    })
    try {
      const variables = appVariables(emulator.x.app, emulator.url, accounts.alice)
      await connectWebhook(webhook.url, [accounts.alice, accounts.bob], variables)
      const { url: webhookUrl, eventsUrl } = webhook
      if (isStdoutTaken) output.note(`ready ${webhookUrl}`)
      else {
        const forward = flags.forward ?? []
        printWelcome(output, { emulatorUrl: emulator.url, webhookUrl, eventsUrl, accounts, variables, forward })
        void talk(accounts, run)
      }
      await runUntilEnd(run, { ...variables, X_WEBHOOK_URL: webhookUrl, X_EVENTS_URL: eventsUrl })
    } finally {
      await webhook.close()
    }
  } finally {
    await emulator.close()
  }
}

import { defaultPath, defaultPort } from '../listen/listen-flags.ts'
import { type AppVariables, formatVariables } from '../local/app-variables.ts'
import type { Output } from '../output/output.ts'
import { printable } from '../output/printable.ts'
import type { DemoAccounts } from './demo-world.ts'

/** What `dev` has started. */
export interface DevSession {
  readonly emulatorUrl: string
  readonly webhookUrl: string
  readonly eventsUrl: string
  readonly accounts: DemoAccounts
  readonly variables: AppVariables
  readonly forward: readonly string[]
}

/** Prints what has been started, what to put in `.env`, and what to try. */
export function printWelcome(output: Output, session: DevSession): void {
  const { emulatorUrl, webhookUrl, accounts, variables, forward, eventsUrl } = session
  const { alice, bob } = accounts
  const row = (name: string, value: string) => `  ${name.padEnd(10)}${value}`
  output.note(
    [
      'X runs on this machine, with two accounts that talk to each other.',
      '',
      row('emulator', emulatorUrl),
      row('webhook', webhookUrl),
      row('accounts', `@${alice.screenName} ${alice.id}`),
      row('', `@${bob.screenName} ${bob.id}`),
      ...forward.map((rule, index) => row(index === 0 ? 'your app' : '', printable(rule))),
      '',
      'For the .env of your app. The keys are public: use them on this machine only.',
      '',
    ].join('\n'),
  )
  output.print({ type: 'ready', ...toJson(session), eventsUrl }, () => formatVariables(variables))
  output.note(['', 'Try next, in another terminal:', '', ...nextSteps(session), ''].join('\n'))
  if (!output.isJson) output.print({}, () => `ready ${webhookUrl}`)
  output.note(
    `${forward.length === 0 ? 'With --forward <url>, your app gets the deliveries too. ' : ''}Ctrl-C ends it.\n`,
  )
}

function toJson({ emulatorUrl, webhookUrl, accounts, variables }: DevSession): object {
  const users = [accounts.alice, accounts.bob].map(({ id, screenName }) => ({ id, screenName }))
  return { url: emulatorUrl, webhookUrl, accounts: users, env: variables }
}

function nextSteps({ emulatorUrl, webhookUrl, accounts: { alice, bob } }: DevSession): string[] {
  const isDefault = webhookUrl === `http://127.0.0.1:${defaultPort}${defaultPath}`
  return [
    '  Send an event of any type to the webhook:',
    `    npx x-account-activity trigger mention${isDefault ? '' : ` --to ${webhookUrl}`}`,
    '  Let an account act:',
    `    curl ${emulatorUrl}/emulator/users/${bob.screenName}/post --json '{"text":"Hello @${alice.screenName}"}'`,
    '  Write typed handlers for your server:',
    '    npx x-account-activity generate handlers',
  ]
}

import { CliError, usageError } from '../cli-error.ts'
import { readCredentials } from '../credentials/read-credentials.ts'
import type { CommandRun } from '../define-command.ts'
import { untilInterrupted } from '../local/run-until-end.ts'
import type { ListenerSecrets } from './create-listener.ts'
import type { ListenCommandFlags } from './listen-flags.ts'
import { watchPublicUrl } from './public-url.ts'
import { type ServedWebhook, serveWebhook } from './serve-webhook.ts'

/** Serves the webhook, watches its public URL, and waits for Ctrl-C. */
export async function runListen(run: CommandRun<ListenCommandFlags>): Promise<void> {
  const { flags, output } = run
  if (flags.recover && flags.url === undefined) {
    throw usageError('--recover needs --url.', 'Pass the public URL of the webhook, as X has it.')
  }
  const secrets = await readSecrets(run)
  const webhook = await serveWebhook(run, { secrets, isVerifying: flags.verify, isStdoutTaken: false })
  const stopWatching = new AbortController()
  try {
    if (!flags.verify) output.warn('Signatures are not verified: anyone who finds the URL can send events.')
    printReady(run, webhook)
    const signal = AbortSignal.any([run.signal, stopWatching.signal])
    if (flags.url !== undefined) {
      const watching = watchPublicUrl(run, { url: flags.url, secrets, receiver: webhook.receiver, signal })
      await Promise.race([watching, untilInterrupted(run.signal)])
    }
    await untilInterrupted(run.signal)
  } finally {
    stopWatching.abort()
    await webhook.close()
  }
}

/** Without --verify, the secrets are needed for challenges only. */
async function readSecrets(run: CommandRun<ListenCommandFlags>): Promise<ListenerSecrets> {
  const { verify, url } = run.flags
  const credentials = await readCredentials(run, run.flags)
  const consumerSecret = credentials.get('X_CONSUMER_SECRET')
  if (consumerSecret === undefined && (verify || url !== undefined)) {
    const { message, exitCode, hint = '' } = missingSecret(() => credentials.require('X_CONSUMER_SECRET'))
    throw new CliError('credentials_missing', message, {
      hint: `${hint} To see deliveries without verifying them, pass --no-verify.`,
      exitCode,
    })
  }
  return { consumerSecret, clientSecret: credentials.get('X_CLIENT_SECRET') }
}

function missingSecret(require: () => unknown): CliError {
  try {
    require()
  } catch (error) {
    if (error instanceof CliError) return error
    throw error
  }
  throw new TypeError('The secret is not missing.')
}

function printReady({ flags, output }: CommandRun<ListenCommandFlags>, { url, eventsUrl }: ServedWebhook): void {
  const { host } = new URL(url)
  if (flags.url === undefined) {
    output.note(
      [
        'X needs a public https URL. In another terminal, start a tunnel to this port:',
        `  cloudflared tunnel --url http://${host}`,
        `Then register its address and the path: x-account-activity webhooks create https://<address>${flags.path}`,
        '',
      ].join('\n'),
    )
  }
  output.print({ type: 'ready', webhookUrl: url, eventsUrl }, () => `ready ${url}`)
  output.note('Ctrl-C ends it.')
}

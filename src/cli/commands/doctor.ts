import { exitCodes } from '../cli-context.ts'
import { usageError } from '../cli-error.ts'
import { type CredentialFlags, credentialFlags } from '../credentials/credential-flags.ts'
import { type Credentials, readCredentials } from '../credentials/read-credentials.ts'
import { type CommandRun, defineCommand } from '../define-command.ts'
import { type OutputFlags, outputFlags } from '../output/output.ts'

type DoctorFlags = OutputFlags & CredentialFlags

/** Examines a webhook URL, or the credentials. */
export const doctorCommand = defineCommand<DoctorFlags, [url?: string]>({
  brief: 'Find out why a webhook or the credentials do not work',
  description: `Does to a webhook URL what X does, and says for each point what was seen and how to mend it. Its signed
deliveries are for an account that does not exist, so that handlers do nothing. Without a URL, it tries the credentials
on the API. Exits with 3 when a check fails. The guide "doctor" lists the checks.`,
  examples: [
    'x-account-activity doctor https://app.example/webhook',
    'x-account-activity doctor http://localhost:3000/webhook --json',
    'x-account-activity doctor',
  ],
  parameters: {
    flags: { ...outputFlags, ...credentialFlags },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'The webhook URL; without it, the credentials', placeholder: 'url', parse: String, optional: true },
      ],
    },
  },
  async run(run, url) {
    const credentials = await readCredentials(run, run.flags)
    await (url === undefined ? examineCredentials(run, credentials) : examineWebhook(run, credentials, url))
  },
})

async function examineWebhook(run: CommandRun<DoctorFlags>, credentials: Credentials, url: string): Promise<void> {
  const { diagnoseWebhook } = await import('../doctor/diagnose-webhook.ts')
  const { webhookChecks } = await import('../doctor/check-titles.ts')
  const { parseWebhookUrl } = await import('../doctor/webhook-probe.ts')
  try {
    parseWebhookUrl(url)
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw usageError(error.message)
    throw error
  }
  const progress = showProgress(run, webhookChecks)
  const report = await diagnoseWebhook({
    url,
    consumerSecret: credentials.get('X_CONSUMER_SECRET'),
    clientSecret: credentials.get('X_CLIENT_SECRET'),
    now: run.now,
    signal: run.signal,
    onResult: progress.next,
  }).finally(progress.end)
  await printReport(run, report, webhookChecks)
}

async function examineCredentials(run: CommandRun<DoctorFlags>, credentials: Credentials): Promise<void> {
  const consumerKey = credentials.require('X_CONSUMER_KEY')
  const consumerSecret = credentials.require('X_CONSUMER_SECRET')
  const { diagnoseCredentials } = await import('../doctor/diagnose-credentials.ts')
  const { credentialChecks } = await import('../doctor/check-titles.ts')
  const accessToken = credentials.get('X_ACCESS_TOKEN')
  const accessTokenSecret = credentials.get('X_ACCESS_TOKEN_SECRET')
  const progress = showProgress(run, credentialChecks)
  const report = await diagnoseCredentials({
    consumerKey,
    consumerSecret,
    bearerToken: credentials.get('X_BEARER_TOKEN'),
    user: accessToken && accessTokenSecret ? { accessToken, accessTokenSecret } : undefined,
    baseUrl: credentials.get('X_BASE_URL'),
    fetch: run.fetch,
    now: run.now,
    signal: run.signal,
    onResult: progress.next,
  }).finally(progress.end)
  await printReport(run, report, credentialChecks)
}

async function printReport<Id extends string>(
  { output, setExitCode }: CommandRun<DoctorFlags>,
  report: import('../doctor/finding.ts').DoctorReport<Id>,
  titles: Readonly<Record<Id, string>>,
): Promise<void> {
  const { formatReport } = await import('../doctor/format-report.ts')
  output.print(report, () => formatReport(report, titles, output.style))
  if (!report.ok) setExitCode(exitCodes.findings)
}

/** Shows in the last line of a terminal how many checks are done. */
function showProgress<Id extends string>(
  run: CommandRun<DoctorFlags>,
  titles: Readonly<Record<Id, string>>,
): { readonly next: (id: Id) => void; readonly end: () => void } {
  const { stderr } = run.process
  const isShown = stderr.isTerminal && !run.flags.quiet
  const total = Object.keys(titles).length
  let done = 0
  const show = (text: string) => {
    if (isShown) stderr.write(`\r\u001b[K${text}`)
  }
  return {
    next: (id) => {
      done += 1
      show(`${done} of ${total}: ${titles[id]}`)
    },
    end: () => show(''),
  }
}

import { exitCodes } from '../cli-context.ts'
import { type ConnectionFlags, connectionFlags } from '../credentials/credential-flags.ts'
import { type Credentials, credentialNames, readCredentials } from '../credentials/read-credentials.ts'
import { defineCommand } from '../define-command.ts'
import { type OutputFlags, outputFlags } from '../output/output.ts'
import type { CredentialCheck } from '../whoami/check-credentials.ts'

type WhoamiFlags = OutputFlags & ConnectionFlags & { readonly check: boolean }

/** Shows which credentials are used. It never shows a part of them. */
export const whoamiCommand = defineCommand<WhoamiFlags>({
  brief: 'Show which credentials are used, and where each comes from',
  description: `Lists the credentials and their sources, never their values. They are read from, in this order: the profile of
--profile, the environment, the file of --env or .env, the default profile. With --check, they are tried on the API:
exits with 4 when X refuses them.`,
  examples: ['x-account-activity whoami', 'x-account-activity whoami --check --json'],
  parameters: {
    flags: {
      ...outputFlags,
      ...connectionFlags,
      check: { kind: 'boolean', brief: 'Try the credentials on the API', default: false, withNegated: false },
    },
  },
  async run(run) {
    const credentials = await readCredentials(run, run.flags)
    for (const warning of credentials.warnings) run.output.warn(warning)
    const rows = sourcesOf(credentials)
    const checks = run.flags.check ? await check(run, credentials) : undefined
    if (checks?.some(({ ok }) => !ok)) run.setExitCode(exitCodes.credentials)
    const baseUrl = credentials.get('X_BASE_URL') ?? defaultBaseUrl
    const result = { baseUrl, credentials: rows, warnings: credentials.warnings, ...(checks && { checks }) }
    run.output.table(result, {
      rows,
      columns: [
        { header: 'NAME', cell: ({ name }) => name },
        { header: 'FROM', cell: ({ source }) => source ?? run.output.style('dim', 'not set') },
      ],
      empty: '',
    })
    if (run.output.isJson) return
    run.output.note(`Calls go to ${baseUrl}.`)
    for (const { ok, seen, fix } of checks ?? []) {
      run.output.print(
        {},
        () => `${ok ? run.output.style('green', 'ok') : run.output.style('red', 'refused')}  ${seen}`,
      )
      if (fix !== undefined) run.output.note(fix)
    }
  },
})

const defaultBaseUrl = 'https://api.x.com'

function sourcesOf({ sourceOf, oauth2 }: Credentials): { name: string; source: string | null }[] {
  return [
    ...credentialNames.map((name) => ({ name, source: sourceOf(name) ?? null })),
    ...(oauth2 === undefined ? [] : [{ name: 'OAuth 2.0 tokens', source: `the profile "${oauth2.profile}"` }]),
  ]
}

async function check(
  run: Parameters<Parameters<typeof defineCommand<WhoamiFlags>>[0]['run']>[0],
  credentials: Credentials,
): Promise<CredentialCheck[]> {
  const { checkApp, checkUser } = await import('../whoami/check-credentials.ts')
  return [await checkApp(run), ...(await checkUser(run, credentials))]
}

import { usageError } from '../cli-error.ts'
import { connectionFlags } from '../credentials/credential-flags.ts'
import { defineCommand } from '../define-command.ts'
import { parseDuration } from '../input/parse-duration.ts'
import type { LoginFlags } from '../login/login-run.ts'
import { outputFlags } from '../output/output.ts'

/** The port of the redirect. It is always the same one, because X accepts only URLs that the settings of the app list. */
const defaultPort = '14741'

/** Gets the token of a user from X, and stores it in a profile. */
export const loginCommand = defineCommand<LoginFlags>({
  brief: 'Sign in as a user, and store the token in a profile',
  description: `Prints the URL of a page of X where the user allows the app to act, and stores the token of the user in the
profile of --profile, or in "default". The profile is in a file that only you can read.
Without --oauth2, X shows a PIN (OAuth 1.0a). In a script, use two steps: --start prints the URL, --pin takes the PIN.
With --oauth2, X sends the browser back to http://127.0.0.1:${defaultPort}/callback. Add this URL to the settings of the app.
The keys of the app are read from the environment, .env or the profile.`,
  examples: [
    'x-account-activity login --start --profile bot',
    'x-account-activity login --pin 1234567 --profile bot',
    'x-account-activity login --oauth2 --timeout 5m',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...connectionFlags,
      profile: { ...connectionFlags.profile, brief: 'The profile to store the token in; without it, "default"' },
      oauth2: { kind: 'boolean', brief: 'Use OAuth 2.0 with PKCE', default: false, withNegated: false },
      start: { kind: 'boolean', brief: 'Print the URL for the PIN, and end', default: false, withNegated: false },
      pin: {
        kind: 'parsed',
        parse: parsePin,
        brief: 'The PIN that X showed after --start',
        placeholder: 'pin',
        optional: true,
      },
      withApp: {
        kind: 'boolean',
        brief: 'Store the keys of the app in the profile too',
        default: false,
        withNegated: false,
      },
      port: {
        kind: 'parsed',
        parse: parsePort,
        brief: 'With --oauth2: the port of the redirect; 0 takes a free one',
        placeholder: 'port',
        default: defaultPort,
      },
      scopes: {
        kind: 'parsed',
        parse: String,
        brief: 'With --oauth2: what the app may do, separated by commas; without it, what all events need',
        placeholder: 'scopes',
        optional: true,
      },
      timeout: {
        kind: 'parsed',
        parse: parseDuration,
        brief: 'With --oauth2: how long to wait for the browser; without it, 5m',
        placeholder: 'duration',
        optional: true,
      },
    },
  },
  async run(run) {
    const { login } = await import('../login/login.ts')
    await login(run)
  },
})

function parsePin(text: string): string {
  if (!/^[A-Za-z0-9]{4,32}$/.test(text.trim())) throw new RangeError('The PIN must have letters and digits only.')
  return text.trim()
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw usageError(`"${text}" is not a port: it must be from 0 to 65535.`)
  return port
}

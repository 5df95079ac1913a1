import { usageError } from '../cli-error.ts'
import { profilesFile, readProfiles, updateProfile } from '../credentials/profiles.ts'
import { type Credentials, readCredentials } from '../credentials/read-credentials.ts'
import type { LoginRun } from './login-run.ts'

/** Signs in as the flags ask, and stores the token. */
export async function login(run: LoginRun): Promise<void> {
  const { oauth2, start, pin } = run.flags
  const profile = readProfileName(run.flags.profile)
  if (oauth2 && (start || pin !== undefined))
    throw usageError('--start and --pin are for OAuth 1.0a, without --oauth2.')
  if (start && pin !== undefined) throw usageError('--start and --pin are two steps: use one of them.')
  const credentials = await readOwnCredentials(run, profile)
  for (const warning of credentials.warnings) run.output.warn(warning)
  const signedIn = oauth2
    ? await (await import('./oauth2-flow.ts')).signInWithOAuth2(run, credentials)
    : await (await import('./pin-flow.ts')).signInWithPin(run, credentials, profile)
  if (signedIn === undefined) return
  await updateProfile(run, profile, {
    ...(run.flags.withApp && keysOf(credentials, oauth2)),
    ...signedIn.values,
  })
  const { userId, screenName } = signedIn
  run.output.print({ profile, ...(userId !== undefined && { userId, screenName }) }, () =>
    screenName === undefined
      ? `Signed in. The token is in the profile "${profile}".`
      : `Signed in as @${screenName} (${userId}). The token is in the profile "${profile}".`,
  )
  run.output.note(`It is stored in ${profilesFile(run)}. Next: x-account-activity whoami --check --profile ${profile}`)
}

/** The profile may have the keys of the app already, and need not exist yet. */
async function readOwnCredentials(run: LoginRun, profile: string): Promise<Credentials> {
  const { profiles } = await readProfiles(run)
  const { profile: _, ...flags } = run.flags
  return readCredentials(run, Object.hasOwn(profiles, profile) ? { ...flags, profile } : flags)
}

function readProfileName(name = 'default'): string {
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) {
    throw usageError(`"${name}" is not a name for a profile. Use letters, digits, "_", "-" and ".".`)
  }
  return name
}

function keysOf(credentials: Credentials, isOAuth2: boolean): Readonly<Record<string, string | undefined>> {
  const names = isOAuth2
    ? (['X_CLIENT_ID', 'X_CLIENT_SECRET', 'X_CONSUMER_KEY', 'X_CONSUMER_SECRET'] as const)
    : (['X_CONSUMER_KEY', 'X_CONSUMER_SECRET'] as const)
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = credentials.get(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

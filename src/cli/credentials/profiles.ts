import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CliContext } from '../cli-context.ts'
import { exitCodes } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'

/** Named sets of credentials. Only the owner of the file may read it. */
export interface Profiles {
  /** The profile that is used where no flag names one. */
  readonly default?: string
  readonly profiles: Readonly<Record<string, ProfileValues>>
}

/** Credentials by the names of their environment variables. */
export type ProfileValues = Readonly<Record<string, string>>

/** The names under which a profile keeps the OAuth 2.0 tokens of a user. Only profiles have them: they are renewed. */
export const oauth2Names = {
  accessToken: 'X_OAUTH2_ACCESS_TOKEN',
  refreshToken: 'X_OAUTH2_REFRESH_TOKEN',
  expiresAt: 'X_OAUTH2_EXPIRES_AT',
  scopes: 'X_OAUTH2_SCOPES',
} as const

export function profilesFile({ configFolder }: Pick<CliContext, 'configFolder'>): string {
  return join(configFolder, 'profiles.json')
}

/** Reads the profiles. Without a file there are none. */
export async function readProfiles(context: Pick<CliContext, 'configFolder'>): Promise<Profiles> {
  const path = profilesFile(context)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return { profiles: {} }
  await refuseReadableByOthers(path)
  return parseProfiles(text, path)
}

/** Writes the profiles so that only their owner can read them. The file is replaced as a whole. */
export async function writeProfiles(context: Pick<CliContext, 'configFolder'>, profiles: Profiles): Promise<void> {
  await writePrivateFile(profilesFile(context), `${JSON.stringify(profiles, null, 2)}\n`)
}

/** Replaces a file of the configuration folder as a whole. Only its owner can read it. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.new`
  await writeFile(temporary, text, { mode: 0o600 })
  // The mode of `writeFile` is for new files only.
  await chmod(temporary, 0o600)
  await rename(temporary, path)
}

/**
 * Changes values of a profile, which is created if it does not exist. The first profile becomes the default one. A value
 * of `undefined` is removed.
 */
export async function updateProfile(
  context: Pick<CliContext, 'configFolder'>,
  name: string,
  changes: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { default: defaultName = name, profiles } = await readProfiles(context)
  const values = Object.entries({ ...profiles[name], ...changes }).filter((entry) => entry[1] !== undefined)
  await writeProfiles(context, {
    default: defaultName,
    profiles: { ...profiles, [name]: Object.fromEntries(values) as ProfileValues },
  })
}

/** Windows has no such modes: there, the folder of the user is private. */
async function refuseReadableByOthers(path: string): Promise<void> {
  const { mode } = await stat(path)
  // On Windows, Node.js reports the same mode for all files.
  if ((mode & 0o077) === 0 || (mode & 0o777) === 0o666) return
  throw new CliError('profiles_readable', `Other users can read the profiles in ${path}.`, {
    hint: `Run: chmod 600 ${path}. Then replace the secrets in it, as others may have seen them.`,
    exitCode: exitCodes.credentials,
  })
}

function parseProfiles(text: string, path: string): Profiles {
  const parsed = parseJson(text)
  if (!isObject(parsed) || !isObject(parsed.profiles)) throw malformed(path)
  const entries = Object.entries(parsed.profiles).map(([name, values]): [string, ProfileValues] => {
    if (!isObject(values) || !Object.values(values).every((value) => typeof value === 'string')) throw malformed(path)
    return [name, values as ProfileValues]
  })
  return {
    profiles: Object.fromEntries(entries),
    ...(typeof parsed.default === 'string' && { default: parsed.default }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformed(path: string): CliError {
  return new CliError('profiles_malformed', `${path} does not hold profiles.`, {
    hint: 'Repair or delete the file, and run "x-account-activity login" again.',
    exitCode: exitCodes.credentials,
  })
}

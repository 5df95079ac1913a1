import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  await mkdir(context.configFolder, { recursive: true, mode: 0o700 })
  const path = profilesFile(context)
  const temporary = `${path}.new`
  await writeFile(temporary, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 })
  // The mode of `writeFile` is for new files only.
  await chmod(temporary, 0o600)
  await rename(temporary, path)
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

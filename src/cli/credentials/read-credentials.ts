import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { CliContext } from '../cli-context.ts'
import { exitCodes } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import type { CredentialFlags } from './credential-flags.ts'
import { readProfiles } from './profiles.ts'

/** The names of the variables that the command line reads, in the environment, in files and in profiles. */
export const credentialNames = [
  'X_CONSUMER_KEY',
  'X_CONSUMER_SECRET',
  'X_BEARER_TOKEN',
  'X_ACCESS_TOKEN',
  'X_ACCESS_TOKEN_SECRET',
  'X_CLIENT_ID',
  'X_CLIENT_SECRET',
  'X_BASE_URL',
] as const

export type CredentialName = (typeof credentialNames)[number]

/** The credentials that a command uses. */
export interface Credentials {
  /** The value, or `undefined` where no source has one. */
  readonly get: (name: CredentialName) => string | undefined
  /** Where the value comes from, as words: `the environment`, `.env`, `the profile "bot"`. */
  readonly sourceOf: (name: CredentialName) => string | undefined
  /** @throws CliError with exit code 4 that names what is missing, when no source has a value. */
  readonly require: (name: CredentialName) => string
}

interface Source {
  readonly description: string
  readonly values: Readonly<Record<string, string | undefined>>
  /** Whether it may name another host for secrets to be sent to. A file of the working folder may not. */
  readonly canMoveSecrets: boolean
}

/**
 * Reads the credentials from, in this order: the profile of `--profile`, the environment, the file of `--env` or `.env`,
 * and the default profile. A base URL counts in a file only where it leads to this machine.
 */
export async function readCredentials(
  context: Pick<CliContext, 'env' | 'cwd' | 'configFolder'>,
  flags: CredentialFlags,
): Promise<Credentials> {
  const sources = await readSources(context, flags)
  const find = (name: CredentialName) =>
    sources.find((source) => {
      const value = source.values[name]
      return (
        value !== undefined && value !== '' && (name !== 'X_BASE_URL' || source.canMoveSecrets || isLoopback(value))
      )
    })
  const get = (name: CredentialName) => find(name)?.values[name]
  return {
    get,
    sourceOf: (name) => find(name)?.description,
    require: (name) => {
      const value = get(name)
      if (value === undefined) throw missing(name)
      return value
    },
  }
}

async function readSources(
  context: Pick<CliContext, 'env' | 'cwd' | 'configFolder'>,
  { env: file, profile }: CredentialFlags,
): Promise<Source[]> {
  const { default: defaultName, profiles } = await readProfiles(context)
  const toSource = (name: string): Source[] => {
    const values = profiles[name]
    return values === undefined ? [] : [{ description: `the profile "${name}"`, values, canMoveSecrets: true }]
  }
  if (profile !== undefined && profiles[profile] === undefined) throw unknownProfile(profile, Object.keys(profiles))
  return [
    ...(profile === undefined ? [] : toSource(profile)),
    { description: 'the environment', values: context.env, canMoveSecrets: true },
    ...(await readEnvFile(context.cwd, file)),
    ...(profile === undefined && defaultName !== undefined ? toSource(defaultName) : []),
  ]
}

async function readEnvFile(cwd: string, file: string | undefined): Promise<Source[]> {
  const path = resolve(cwd, file ?? '.env')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (file === undefined && (error.code === 'ENOENT' || error.code === 'EISDIR')) return undefined
    throw new CliError('env_file', `The file ${file ?? '.env'} cannot be read (${error.code}).`, {
      exitCode: exitCodes.usage,
      cause: error,
    })
  })
  return text === undefined ? [] : [{ description: file ?? '.env', values: parseEnv(text), canMoveSecrets: false }]
}

/** Whether a URL leads to this machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function missing(name: CredentialName): CliError {
  return new CliError('credentials_missing', `${name} is not set.`, {
    hint: `Set it in the environment, in .env, or with "x-account-activity login". "x-account-activity whoami" shows what is used.`,
    exitCode: exitCodes.credentials,
  })
}

function unknownProfile(name: string, known: readonly string[]): CliError {
  return new CliError('profile_unknown', `There is no profile "${name}".`, {
    hint: known.length === 0 ? 'Run "x-account-activity login" to make one.' : `Known profiles: ${known.join(', ')}.`,
    exitCode: exitCodes.usage,
  })
}

import type { EmulatedApp } from '../../entries/emulator.ts'
import { type CredentialName, credentialNames } from '../credentials/read-credentials.ts'

/** The environment variables that lead a program to an emulator. */
export type AppVariables = Readonly<Partial<Record<CredentialName, string>>>

/** A user whose access token a program uses. */
export interface TokenOwner {
  readonly accessToken: string
  readonly accessTokenSecret: string
}

/** The environment variables for the app of an emulator. `user` is the account that acts by default. */
export function appVariables(app: EmulatedApp, baseUrl: string, user: TokenOwner = app): AppVariables {
  return {
    X_BASE_URL: baseUrl,
    X_CONSUMER_KEY: app.consumerKey,
    X_CONSUMER_SECRET: app.consumerSecret,
    X_BEARER_TOKEN: app.bearerToken,
    X_ACCESS_TOKEN: user.accessToken,
    X_ACCESS_TOKEN_SECRET: user.accessTokenSecret,
    ...(app.clientSecret !== undefined && {
      X_CLIENT_ID: app.clientId,
      X_CLIENT_SECRET: app.clientSecret,
    }),
  }
}

/**
 * The environment of a program that runs against an emulator. Variables of a real app that the emulator does not have are
 * removed, so that the program cannot mix both.
 */
export function environmentOf(
  env: Readonly<Record<string, string | undefined>>,
  variables: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const removed = Object.fromEntries(credentialNames.map((name) => [name, undefined]))
  return { ...env, ...removed, ...variables }
}

/** The variables as lines of an `.env` file. */
export function formatVariables(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
}

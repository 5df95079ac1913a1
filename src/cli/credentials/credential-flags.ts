import { parseUrl } from '../input/parse-ids.ts'

/** The flags that decide where credentials come from. A secret is never a flag: other users of the machine see flags. */
export type CredentialFlags = {
  readonly env?: string
  readonly profile?: string
}

/** The flags of commands that call X. */
export type ConnectionFlags = CredentialFlags & {
  readonly baseUrl?: string
}

/** The flags of commands that work with each version of the Account Activity API. */
export type ApiFlags = ConnectionFlags & {
  readonly api: (typeof apis)[number]
  readonly environment?: string
}

/** The versions of the Account Activity API. */
export const apis = ['v2', 'premium', 'enterprise'] as const

const asIs = (text: string) => text

/** The declarations of {@link CredentialFlags}. */
export const credentialFlags = {
  env: {
    kind: 'parsed',
    parse: asIs,
    brief: 'A file with environment variables; without it, .env is read where it exists',
    placeholder: 'file',
    optional: true,
  },
  profile: {
    kind: 'parsed',
    parse: asIs,
    brief: 'The profile whose credentials are used, before all others',
    placeholder: 'name',
    optional: true,
  },
} as const

/** The declarations of {@link ConnectionFlags}. */
export const connectionFlags = {
  ...credentialFlags,
  baseUrl: {
    kind: 'parsed',
    parse: parseUrl,
    brief: 'Where X is, instead of X_BASE_URL: an emulator or a proxy',
    placeholder: 'url',
    optional: true,
  },
} as const

/** The declarations of {@link ApiFlags}. */
export const apiFlags = {
  ...connectionFlags,
  api: {
    kind: 'enum',
    values: apis,
    brief: 'The version of the Account Activity API',
    default: 'v2',
  },
  environment: {
    kind: 'parsed',
    parse: asIs,
    brief: 'The environment, for --api premium',
    placeholder: 'label',
    optional: true,
  },
} as const

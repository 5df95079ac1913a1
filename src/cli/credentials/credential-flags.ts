/** The flags that decide where credentials come from. A secret is never a flag: other users of the machine see flags. */
export type CredentialFlags = {
  readonly env?: string
  readonly profile?: string
}

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

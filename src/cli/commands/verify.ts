import { exitCodes } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import { type CredentialFlags, credentialFlags } from '../credentials/credential-flags.ts'
import { type Credentials, readCredentials } from '../credentials/read-credentials.ts'
import { defineCommand } from '../define-command.ts'
import { readInput } from '../input/read-input.ts'
import { type OutputFlags, outputFlags } from '../output/output.ts'

type VerifyFlags = OutputFlags &
  CredentialFlags & {
    readonly signature: string
  }

/** The secrets that X signs with, with the headers that carry the signatures. */
const secrets = [
  { name: 'X_CONSUMER_SECRET', header: 'x-twitter-webhooks-signature' },
  { name: 'X_CLIENT_SECRET', header: 'x-twitter-webhooks-signature-oauth2' },
] as const

/** Says whether a signature belongs to a body. */
export const verifyCommand = defineCommand<VerifyFlags, [file?: string]>({
  brief: 'Check the signature of a delivery',
  description: `Checks the bytes of a file or of standard input against a signature, and says which secret made it:
X_CONSUMER_SECRET or X_CLIENT_SECRET. Exits with 3 when neither did. The bytes must be those that X sent: a body that was
parsed and written again has another signature.`,
  examples: [
    'x-account-activity verify delivery.json --signature sha256=jwm4FH+R34Q7MUESPJ5GKz2Md6H8hH6EOWXpPwPDm7Q=',
    'x-account-activity verify --signature sha256=jwm4FH+R34Q7MUESPJ5GKz2Md6H8hH6EOWXpPwPDm7Q= < delivery.json',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...credentialFlags,
      signature: {
        kind: 'parsed',
        parse: String,
        brief: 'The value of the header x-twitter-webhooks-signature',
        placeholder: 'signature',
      },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'The file; without it, standard input', placeholder: 'file', parse: String, optional: true },
      ],
    },
  },
  async run(run, file) {
    const credentials = await readCredentials(run, run.flags)
    const known = knownSecrets(credentials)
    const body = await readInput(run, file)
    const { verifySignature } = await import('../../entries/webhook.ts')
    const signer = known.find(({ secret }) => verifySignature({ body, signature: run.flags.signature, secret }))
    if (signer === undefined) run.setExitCode(exitCodes.findings)
    run.output.print({ valid: signer !== undefined, ...(signer && { secret: signer.name }) }, () =>
      signer === undefined
        ? `The signature was not made from these bytes with ${known.map(({ name }) => name).join(' or ')}.`
        : `The signature is right: it was made with ${signer.name}, as in ${signer.header}.`,
    )
  },
})

function knownSecrets(credentials: Credentials) {
  const known = secrets.flatMap(({ name, header }) => {
    const secret = credentials.get(name)
    return secret === undefined ? [] : [{ name, header, secret }]
  })
  if (known.length > 0) return known
  throw new CliError('credentials_missing', 'Neither X_CONSUMER_SECRET nor X_CLIENT_SECRET is set.', {
    hint: 'Set the secret of your app in the environment or in .env.',
    exitCode: exitCodes.credentials,
  })
}

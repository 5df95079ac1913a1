import { type CredentialFlags, credentialFlags } from '../credentials/credential-flags.ts'
import { readCredentials } from '../credentials/read-credentials.ts'
import { defineCommand } from '../define-command.ts'
import { readInput } from '../input/read-input.ts'
import { type OutputFlags, outputFlags } from '../output/output.ts'

/** Prints the signature of a body. */
export const signCommand = defineCommand<OutputFlags & CredentialFlags, [file?: string]>({
  brief: 'Sign a body as X signs its deliveries',
  description: `Prints the value of the header x-twitter-webhooks-signature for the bytes of a file or of standard input. The
signature needs the consumer secret, in X_CONSUMER_SECRET.`,
  examples: ['x-account-activity sign delivery.json', 'x-account-activity sign --json < delivery.json'],
  parameters: {
    flags: { ...outputFlags, ...credentialFlags },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'The file; without it, standard input', placeholder: 'file', parse: String, optional: true },
      ],
    },
  },
  async run(run, file) {
    const credentials = await readCredentials(run, run.flags)
    const secret = credentials.require('X_CONSUMER_SECRET')
    const { signBody } = await import('../../entries/webhook.ts')
    const signature = signBody(await readInput(run, file), secret)
    run.output.print({ signature }, () => signature)
  },
})

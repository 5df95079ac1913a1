import { type CredentialFlags, credentialFlags } from '../credentials/credential-flags.ts'
import { readCredentials } from '../credentials/read-credentials.ts'
import { defineCommand } from '../define-command.ts'
import { type OutputFlags, outputFlags } from '../output/output.ts'

/** Prints the answer to a CRC, as the body that X expects. */
export const crcCommand = defineCommand<OutputFlags & CredentialFlags, [token: string]>({
  brief: 'Compute the answer to a CRC',
  description: `Prints the body that a webhook answers to a challenge of X (CRC). The answer needs the consumer secret, in
X_CONSUMER_SECRET. X calls it the API secret.`,
  examples: ['x-account-activity crc 9b4507b3-9040-4669-9ca3-6b94edb50553'],
  parameters: {
    flags: { ...outputFlags, ...credentialFlags },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'The crc_token of the request', placeholder: 'token', parse: String }],
    },
  },
  async run(run, token) {
    const credentials = await readCredentials(run, run.flags)
    const { answerCrc } = await import('../../entries/webhook.ts')
    const answer = answerCrc(token, credentials.require('X_CONSUMER_SECRET'))
    run.output.print(answer, () => JSON.stringify(answer))
  },
})

import { credentialFlags } from '../credentials/credential-flags.ts'
import { defineCommand } from '../define-command.ts'
import { parseUrl } from '../input/parse-ids.ts'
import { outputFlags } from '../output/output.ts'
import type { ResendFlags } from '../trigger/run-resend.ts'

/** Sends saved deliveries again. */
export const resendCommand = defineCommand<ResendFlags, string[]>({
  brief: 'Send saved deliveries again',
  description: `Sends the exact bytes of files that "listen --save" wrote, signed anew with X_CONSUMER_SECRET and
X_CLIENT_SECRET. With --keep-signature, it sends the signatures that X made, from the file beside it. Without --to, it
sends to the webhook of "dev" or "listen" on this machine. Exits with 1 when an answer is not 2xx.`,
  examples: [
    'x-account-activity resend deliveries/20261129T070509123Z-000001-follow.json --to http://localhost:3000/webhook',
    'x-account-activity resend deliveries/*-direct_message.json --keep-signature',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...credentialFlags,
      to: { kind: 'parsed', parse: parseUrl, brief: 'The URL of the webhook', placeholder: 'url', optional: true },
      keepSignature: {
        kind: 'boolean',
        brief: 'Send the signatures that X made',
        default: false,
        withNegated: false,
      },
    },
    positional: {
      kind: 'array',
      parameter: { brief: 'The files, in this order', placeholder: 'file', parse: String },
      minimum: 1,
    },
  },
  async run(run, ...files) {
    const { runResend } = await import('../trigger/run-resend.ts')
    await runResend(run, files)
  },
})

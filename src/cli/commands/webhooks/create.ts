import { createApiClient } from '../../credentials/create-client.ts'
import { type ApiFlags, apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { parseUrl } from '../../input/parse-ids.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'
import { printable } from '../../output/printable.ts'

/** Registers a webhook. */
export const createCommand = defineCommand<OutputFlags & ApiFlags, [url: string]>({
  brief: 'Register the URL of a webhook',
  description: `X sends a CRC request to the URL before it responds, so the receiver must be running there. The URL must be public,
begin with https:// and have no port. With --api premium or enterprise, the access token must be that of the owner of the
app.`,
  examples: ['x-account-activity webhooks create https://app.example/webhooks/x'],
  parameters: {
    flags: { ...outputFlags, ...apiFlags },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'The URL that X sends deliveries to', placeholder: 'url', parse: parseUrl }],
    },
  },
  async run(run, url) {
    const client = await createApiClient(run, { needsUser: run.flags.api !== 'v2' })
    const webhook = await client.webhooks.create(url, { signal: run.signal })
    run.output.print(webhook, () => `Registered ${printable(webhook.url)} as webhook ${webhook.id}.`)
    run.output.note(`Next: x-account-activity subscriptions add ${webhook.id}`)
  },
})

import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { resolveWebhookId, webhookIdArgument } from '../../input/resolve-webhook.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

type FieldsParameter = readonly [name: string, values: readonly string[]]

type AddFlags = OutputFlags & ConnectionFlags & { readonly fields?: readonly FieldsParameter[] }

/** Links a webhook to the filtered stream. */
export const addCommand = defineCommand<AddFlags, [webhookId?: string]>({
  brief: 'Link a webhook to the filtered stream',
  description: `X then delivers the posts that match a rule to the webhook. --fields chooses what X sends of each post. To change the
fields, remove the link and add it again.`,
  examples: [
    'x-account-activity links add',
    'x-account-activity links add 1146654567674912769 --fields tweet.fields=created_at,lang --fields expansions=author_id',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...connectionFlags,
      fields: {
        kind: 'parsed',
        parse: parseFields,
        brief: 'A parameter of X with its values, such as tweet.fields=created_at,lang',
        placeholder: 'name=values',
        variadic: true,
        optional: true,
      },
    },
    positional: { kind: 'tuple', parameters: [webhookIdArgument] },
  },
  async run(run, given) {
    const client = await createV2Client(run)
    const webhookId = await resolveWebhookId(run, client, given)
    const fields = Object.fromEntries(run.flags.fields ?? [])
    await client.filteredStream.links.create(webhookId, { fields, signal: run.signal })
    run.output.print({ webhookId, fields }, () => `Linked webhook ${webhookId} to the filtered stream.`)
    run.output.note('Next: x-account-activity rules add "from:XDevelopers"')
  },
})

function parseFields(text: string): FieldsParameter {
  const [, name, values] = /^([a-z]+(?:\.fields)?)=([\w.]+(?:,[\w.]+)*)$/.exec(text) ?? []
  if (name === undefined || values === undefined) {
    throw new RangeError(`"${text}" is not a parameter with values. Write it as in tweet.fields=created_at,lang.`)
  }
  return [name, values.split(',')]
}

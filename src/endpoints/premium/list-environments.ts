import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { listOf } from '../schemas.ts'
import type { LegacyApi } from '../v1/legacy-api.ts'
import { type Webhook, webhook } from '../webhook.ts'

/** An environment of the app in the premium API. */
export interface Environment {
  /** The label of the environment, as in the developer portal. It is case-sensitive. */
  readonly name: string
  /** The webhooks of the environment. Empty if there are none. */
  readonly webhooks: readonly Webhook[]
}

const endpoint = 'environments.list'
const list = z.looseObject({
  environments: listOf(
    z.looseObject({ environment_name: z.string(), webhooks: z.optional(z.nullable(listOf(webhook))) }),
  ),
})

/** `GET /1.1/account_activity/all/webhooks.json` */
export async function listEnvironments(
  { transport, app }: Pick<LegacyApi, 'transport' | 'app'>,
  options: CallOptions = {},
): Promise<Environment[]> {
  const response = await call(transport, {
    endpoint,
    method: 'GET',
    path: '/1.1/account_activity/all/webhooks.json',
    authorizer: app,
    isIdempotent: true,
    ...readCallOptions(options),
  })
  const { environments } = readResponse(endpoint, response, list)
  return environments.map(({ environment_name, webhooks }) => ({ name: environment_name, webhooks: webhooks ?? [] }))
}

import type { AppCall } from '../../api/route.ts'
import { forbidden } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/tables.ts'
import { webhooksOf } from '../find-webhook.ts'

type Answer<C extends AppCall> = (call: C) => Response | Promise<Response>

/** A call in an environment, with the webhook of the environment. */
type EnvironmentCall<C extends AppCall> = C & {
  readonly environment: string
  readonly webhook: WebhookState | undefined
}

/** Answers a call whose path names an environment of the account. The names are case-sensitive. */
export function inEnvironment<C extends AppCall>(answer: Answer<EnvironmentCall<C>>): Answer<C> {
  return (call) => {
    const environment = call.param('env_name')
    if (!call.platform.environments.includes(environment)) return forbidden()
    return answer({ ...call, environment, webhook: webhooksOf(call, environment)[0] })
  }
}

/** The same for a path that also names a webhook. */
export function inEnvironmentWithWebhook<C extends AppCall>(answer: Answer<EnvironmentCall<C>>): Answer<C> {
  return inEnvironment((call) => {
    const { webhook } = call
    return answer({ ...call, webhook: webhook?.id === call.param('webhook_id') ? webhook : undefined })
  })
}

import type { AppCall } from '../../api/route.ts'
import { forbidden } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'
import { webhooksOf } from '../find-webhook.ts'

type Answer<C extends AppCall> = (call: C) => Response | Promise<Response>

/** A call in an environment, and the webhook that it has. */
type EnvironmentCall<C extends AppCall> = C & {
  readonly environment: string
  readonly webhook: WebhookState | undefined
}

/** Answers where the path names an environment of the account; upper and lower case are two names. */
export function inEnvironment<C extends AppCall>(answer: Answer<EnvironmentCall<C>>): Answer<C> {
  return (call) => {
    const environment = call.param('env_name')
    if (!call.platform.environments.includes(environment)) return forbidden()
    return answer({ ...call, environment, webhook: webhooksOf(call, environment)[0] })
  }
}

/** As before, where the path names a webhook, too. */
export function inEnvironmentWithWebhook<C extends AppCall>(answer: Answer<EnvironmentCall<C>>): Answer<C> {
  return inEnvironment((call) => {
    const { webhook } = call
    return answer({ ...call, webhook: webhook?.id === call.param('webhook_id') ? webhook : undefined })
  })
}

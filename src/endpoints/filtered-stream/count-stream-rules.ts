import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { count, id, listOf } from '../schemas.ts'
import { rulesPath } from './stream-rule.ts'

/** The number of rules of one app. */
export interface AppRuleCount {
  /** The number of rules of the app. */
  readonly ruleCount: number
  /** The id of the app. Absent if X did not send it. */
  readonly appId?: string
}

/** The number of filtered-stream rules, and the numbers that the plan allows. */
export interface StreamRuleCounts {
  /** The number of rules that an app may have. */
  readonly capPerApp: number
  /** The number of rules that all apps of the project may have together. */
  readonly capPerProject: number
  /** The number of rules that all apps of the project have together. */
  readonly projectRuleCount: number
  /** The number of rules of this app. */
  readonly app: AppRuleCount
  /** The number of rules of each app of the project. Absent if X did not send them. */
  readonly projectApps?: readonly AppRuleCount[]
}

const endpoint = 'filteredStream.rules.counts'

const wireApp = z.looseObject({ rule_count: count, client_app_id: z.optional(z.nullable(id)) })
const appCount: z.ZodMiniType<AppRuleCount> = z.pipe(
  wireApp,
  z.transform(({ rule_count, client_app_id }: z.infer<typeof wireApp>) => ({
    ruleCount: rule_count,
    ...(client_app_id && { appId: client_app_id }),
  })),
)
const responseSchema = z.looseObject({
  data: z.looseObject({
    cap_per_client_app: count,
    cap_per_project: count,
    project_rules_count: count,
    client_app_rules_count: appCount,
    all_project_client_apps: z.optional(z.nullable(listOf(appCount))),
  }),
})

/**
 * `GET /2/tweets/search/stream/rules/counts`
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
 */
export async function countStreamRules({ transport, app }: Api, options: CallOptions = {}): Promise<StreamRuleCounts> {
  const response = await call(transport, {
    endpoint,
    method: 'GET',
    path: `${rulesPath}/counts`,
    authorizer: app,
    isIdempotent: true,
    ...readCallOptions(options),
  })
  const { data } = readResponse(endpoint, response, responseSchema)
  return {
    capPerApp: data.cap_per_client_app,
    capPerProject: data.cap_per_project,
    projectRuleCount: data.project_rules_count,
    app: data.client_app_rules_count,
    ...(data.all_project_client_apps && { projectApps: data.all_project_client_apps }),
  }
}

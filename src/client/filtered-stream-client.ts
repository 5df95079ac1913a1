import type { CallOptions } from '../endpoints/call-options.ts'
import type {
  StreamRuleAddOptions,
  StreamRuleAddResult,
  StreamRuleInput,
} from '../endpoints/filtered-stream/add-stream-rules.ts'
import type { StreamRuleCounts } from '../endpoints/filtered-stream/count-stream-rules.ts'
import type { StreamLinkOptions } from '../endpoints/filtered-stream/create-stream-link.ts'
import type { StreamRuleDeletion } from '../endpoints/filtered-stream/delete-stream-rules.ts'
import type { StreamLink } from '../endpoints/filtered-stream/stream-link.ts'
import type { StreamRule } from '../endpoints/filtered-stream/stream-rule.ts'
import type { PagedCallOptions } from '../endpoints/pages.ts'

/**
 * The filtered stream: X delivers each public post that matches a rule to the linked webhooks.
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export interface FilteredStreamClient {
  /** Links webhooks to the filtered stream. */
  readonly links: StreamLinksClient
  /** Adds, lists, deletes and counts the rules of the filtered stream. */
  readonly rules: StreamRulesClient
}

/**
 * The links between webhooks and the filtered stream. All calls are app-only, and need a plan with webhooks for the
 * filtered stream.
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export interface StreamLinksClient {
  /**
   * Links a webhook, so that X delivers the posts that match a rule to it. To change the fields of a link, delete the link
   * and create it again.
   *
   * @throws ApiError with reason `WebhookIdInvalid`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws TypeError or RangeError if the fields are not names of fields.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/webhooks/stream/introduction
   *
   * @example
   * import type { Client } from 'x-account-activity'
   *
   * async function link(client: Client, webhookId: string): Promise<void> {
   *   const fields = { 'tweet.fields': ['created_at'], expansions: ['author_id'], 'user.fields': ['username'] }
   *   await client.filteredStream.links.create(webhookId, { fields })
   * }
   */
  create(webhookId: string, options?: StreamLinkOptions): Promise<void>
  /**
   * Lists the links of the app.
   *
   * @returns The links. Empty if there are none.
   * @throws ApiError with a general reason if X refuses the request.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @see https://docs.x.com/x-api/webhooks/stream/introduction
   */
  list(options?: CallOptions): Promise<StreamLink[]>
  /**
   * Deletes the link of a webhook. The webhook and the rules stay.
   *
   * @throws ApiError with reason `WebhookIdInvalid`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/webhooks/stream/introduction
   */
  delete(webhookId: string, options?: CallOptions): Promise<void>
}

/**
 * The rules of the filtered stream. All calls are app-only. A change takes effect within about 20 seconds.
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
 */
export interface StreamRulesClient {
  /**
   * Adds rules. X adds those that it can: a rule that is wrong, or that exists already, does not stop the others.
   *
   * @returns Each rule, in `added` or in `failed`.
   * @throws ApiError with reason `DuplicateRule`, `InvalidRule`, `NoncompliantRule` or `RuleLimitExceeded` if X refuses the
   * request without naming a rule, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws TypeError or RangeError if a rule has no value, or its tag is not a text.
   * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
   *
   * @example
   * import type { Client } from 'x-account-activity'
   *
   * async function follow(client: Client, username: string): Promise<void> {
   *   const { failed } = await client.filteredStream.rules.add([{ value: `from:${username}`, tag: 'press' }])
   *   for (const { value, reason } of failed) console.error(`${value} was not added: ${reason}`)
   * }
   */
  add(rules: readonly StreamRuleInput[], options?: StreamRuleAddOptions): Promise<StreamRuleAddResult>
  /**
   * Lists the rules. A page is requested when its first rule is needed. Each iteration begins with the first page.
   *
   * The iteration throws an `ApiError` with a general reason, a `TransportError` or a `ResponseError`.
   *
   * @throws TypeError or RangeError if an option is invalid.
   * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
   */
  list(options?: PagedCallOptions): AsyncIterable<StreamRule>
  /**
   * Deletes rules.
   *
   * @returns How many rules were deleted, and how many were not.
   * @throws ApiError with a general reason if X refuses the request.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws TypeError or RangeError if an id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
   */
  delete(ids: readonly string[], options?: CallOptions): Promise<StreamRuleDeletion>
  /**
   * Counts the rules of the app and of its project.
   *
   * @returns The numbers of rules, and the numbers that the plan allows.
   * @throws ApiError with a general reason if X refuses the request.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
   */
  counts(options?: CallOptions): Promise<StreamRuleCounts>
}

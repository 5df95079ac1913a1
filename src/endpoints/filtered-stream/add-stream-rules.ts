import * as z from 'zod/mini'
import type { Problem } from '../../errors/api-error.ts'
import { isApiError } from '../../errors/guards.ts'
import type { ReasonOf } from '../../errors/reasons.ts'
import { call } from '../../http/call.ts'
import { ruleReason } from '../../http/find-reason.ts'
import { isText } from '../../http/read-problems.ts'
import { assertBoolean, assertObject, assertText, kindOf } from '../../internal/assert.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { missingInResponse, readResponse } from '../read-response.ts'
import { listOf } from '../schemas.ts'
import { rulesPath, type StreamRule, streamRule } from './stream-rule.ts'

/** A rule to add. */
export interface StreamRuleInput {
  /** The expression that posts must match, such as `from:XDevelopers has:links`. Its longest length depends on the plan. */
  readonly value: string
  /**
   * A label that X repeats with each post that matches the rule. It cannot be changed later.
   *
   * @defaultValue no label
   */
  readonly tag?: string | undefined
}

/** The options of `filteredStream.rules.add`. */
export interface StreamRuleAddOptions extends CallOptions {
  /**
   * Whether X only checks the rules, and adds none of them.
   *
   * @defaultValue false
   */
  readonly dryRun?: boolean | undefined
}

/** Why one rule was not added. */
export type StreamRuleFailureReason =
  | 'DuplicateRule'
  | 'InvalidRule'
  | 'NoncompliantRule'
  | 'RuleLimitExceeded'
  | 'Unknown'

/** A rule that was not added. */
export interface StreamRuleFailure extends StreamRuleInput {
  /** Why the rule was not added. `Unknown` if X gave no reason that is documented. */
  readonly reason: StreamRuleFailureReason
  /** The explanation of X. Absent if X gave none. */
  readonly message?: string
  /** The id of the rule that the app has already. Absent if X did not send it. */
  readonly existingId?: string
}

/** The result of `filteredStream.rules.add`. */
export interface StreamRuleAddResult {
  /** The rules that were added, or that X accepts if it was a dry run. */
  readonly added: readonly StreamRule[]
  /** The rules that were not added, with the reason of each. */
  readonly failed: readonly StreamRuleFailure[]
}

const endpoint = 'filteredStream.rules.add'
const responseSchema = z.looseObject({
  data: z.optional(z.nullable(listOf(streamRule))),
  errors: z.optional(z.unknown()),
})

/**
 * `POST /2/tweets/search/stream/rules`. X adds the rules that it can, and lists a problem for each of the others. The
 * request is safe to repeat: a rule that was added already is then a duplicate.
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/introduction
 */
export async function addStreamRules(
  { transport, app }: Api,
  rules: readonly StreamRuleInput[],
  options: StreamRuleAddOptions = {},
): Promise<StreamRuleAddResult> {
  const wanted = readRules(rules)
  const callOptions = readCallOptions(options, ['dryRun'])
  const { dryRun = false } = options
  assertBoolean(dryRun, 'dryRun')
  if (wanted.length === 0) return { added: [], failed: [] }
  try {
    const response = await call(transport, {
      endpoint,
      method: 'POST',
      path: rulesPath,
      ...(dryRun && { query: { dry_run: 'true' } }),
      json: { add: wanted },
      authorizer: app,
      isIdempotent: true,
      ...callOptions,
    })
    const { data, errors } = readResponse(endpoint, response, responseSchema)
    if (!data && !Array.isArray(errors)) throw missingInResponse(endpoint, response, 'must be array')
    return toResult(wanted, data ?? [], Array.isArray(errors) ? errors : [])
  } catch (error) {
    // X refuses a request of which it can add no rule, and still gives the reason of each.
    if (!isApiError(error, endpoint) || !error.problems.some((problem) => isText(problem.value))) throw error
    return toResult(wanted, [], error.problems)
  }
}

function readRules(rules: readonly StreamRuleInput[]): StreamRuleInput[] {
  if (!Array.isArray(rules)) throw new TypeError(`"rules" must be an array, got ${kindOf(rules)}`)
  return rules.map((rule: unknown, index) => {
    assertObject(rule, `rules[${index}]`)
    const { value, tag } = rule as StreamRuleInput
    assertText(value, `rules[${index}].value`)
    if (tag !== undefined) assertText(tag, `rules[${index}].tag`)
    return { value, ...(tag !== undefined && { tag }) }
  })
}

function toResult(
  wanted: readonly StreamRuleInput[],
  added: readonly StreamRule[],
  problems: readonly Problem[],
): StreamRuleAddResult {
  const left = added.map(({ value }) => value)
  const failed = wanted.filter(({ value }) => {
    const at = left.indexOf(value)
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
  return { added, failed: failed.map((rule) => ({ ...rule, ...explain(rule, problems) })) }
}

/** The problem of a rule. A problem without a value, such as a cap that is used up, is about every rule without one. */
function explain({ value }: StreamRuleInput, problems: readonly Problem[]): Omit<StreamRuleFailure, 'value' | 'tag'> {
  const records = problems.map((candidate) => Object(candidate) as Problem)
  const problem = records.find((one) => one.value === value) ?? records.find((one) => !isText(one.value))
  if (problem === undefined) return { reason: 'Unknown' }
  const { details, detail, message, title, id } = problem
  const explanation = [Array.isArray(details) ? details[0] : undefined, detail, message, title].find(isText)
  return {
    reason: (ruleReason(problem) ?? 'Unknown') as StreamRuleFailureReason & ReasonOf<typeof endpoint>,
    ...(explanation !== undefined && { message: explanation }),
    ...(isText(id) && { existingId: id }),
  }
}

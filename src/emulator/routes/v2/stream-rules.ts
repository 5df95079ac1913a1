import { v2Date } from '../../../payloads/dates.ts'
import { invalidRequest, ok, type Problem, problemType } from '../../api/problems.ts'
import { type AppCall, type AppRoute, appOnly } from '../../api/route.ts'
import type { StreamRuleState } from '../../state/tables.ts'
import { addRules, countRulesOfAccount, type NewRule, type RuleRefusal, rulesOf } from '../../streams/stream-rules.ts'
import { parseJson } from './read-fields.ts'
import { takePage } from './take-page.ts'

const path = '/2/tweets/search/stream/rules'

/** @see https://docs.x.com/x-api/posts/filtered-stream/introduction */
export const listStreamRules: AppRoute = {
  method: 'GET',
  path,
  ...appOnly,
  rate: 450,
  answer(call) {
    const query = call.request.url.searchParams
    const ids = query.get('ids')?.split(',')
    const problem = ids === undefined ? undefined : findIdProblem(ids, 'ids')
    if (problem !== undefined) return invalidRequest(problem)
    const rules = rulesOf(call.platform.state, call.app)
    const page = takePage(ids ? rules.filter(({ id }) => ids.includes(id)) : rules, query)
    if (typeof page === 'string') return invalidRequest(page)
    const missing = (ids ?? []).filter((id) => !rules.some((rule) => rule.id === id))
    const meta = { sent: sentAt(call), result_count: page.items.length, ...page.next }
    return ok({ ...dataOf(page.items), meta, ...errorsOf(missing.map((id) => ruleNotFound('ids', id))) })
  },
}

/** @see https://docs.x.com/x-api/posts/filtered-stream/introduction */
export const updateStreamRules: AppRoute = {
  method: 'POST',
  path,
  ...appOnly,
  rate: 100,
  answer(call) {
    const update = readUpdate(call)
    if (typeof update === 'string') return invalidRequest(update)
    return 'add' in update ? addToRules(call, update) : deleteFromRules(call, update)
  },
}

/** @see https://docs.x.com/x-api/posts/filtered-stream/introduction */
export const countStreamRules: AppRoute = {
  method: 'GET',
  path: `${path}/counts`,
  ...appOnly,
  answer({ platform: { state, limits }, app }) {
    const count = (id: string, rules: number) => ({ client_app_id: id, rule_count: rules })
    const apps = [...state.apps.values()].filter(({ ownerId }) => ownerId === app.ownerId)
    return ok({
      data: {
        cap_per_client_app: String(limits.streamRules),
        cap_per_project: String(limits.streamRules),
        project_rules_count: String(countRulesOfAccount(state, app.ownerId)),
        client_app_rules_count: count(app.id, rulesOf(state, app).length),
        all_project_client_apps: apps.map((one) => count(one.id, rulesOf(state, one).length)),
      },
    })
  },
}

interface Addition {
  readonly add: readonly NewRule[]
  readonly isDryRun: boolean
}

/** The rules to delete, by one of their members. `undefined` for all rules. */
interface Deletion {
  readonly by: 'id' | 'value' | undefined
  readonly wanted: readonly string[]
  readonly isDryRun: boolean
}

function addToRules(call: AppCall, { add, isDryRun }: Addition): Response {
  const results = addRules(call.platform, call.app, { rules: add, isDryRun })
  const added = results.filter((result) => 'id' in result)
  const errors = results.flatMap((result, index) =>
    'reason' in result ? [ruleProblem(result, add[index]?.value ?? '')] : [],
  )
  const [created, notCreated] = [added.length, errors.length]
  const invalid = results.filter((result) => 'reason' in result && result.reason !== 'rule-cap').length
  const summary = { created, not_created: notCreated, valid: results.length - invalid, invalid }
  return ok({ ...dataOf(added), meta: { sent: sentAt(call), summary }, ...errorsOf(errors) })
}

function deleteFromRules(call: AppCall, { by, wanted, isDryRun }: Deletion): Response {
  const { state } = call.platform
  const rules = rulesOf(state, call.app)
  const found = by === undefined ? rules : rules.filter((rule) => wanted.includes(rule[by]))
  const missing = by === undefined ? [] : [...new Set(wanted)].filter((one) => !rules.some((rule) => rule[by] === one))
  if (!isDryRun) for (const { id } of found) state.rules.delete(id)
  const errors = missing.map((one) => ruleNotFound(by === 'value' ? 'values' : 'ids', one))
  const summary = { deleted: found.length, not_deleted: missing.length }
  return ok({ meta: { sent: sentAt(call), summary }, ...errorsOf(errors) })
}

/** Reads the body and the query, or returns the problem with them in one sentence. */
function readUpdate({ request }: AppCall): Addition | Deletion | string {
  const { searchParams } = request.url
  const flags = ['dry_run', 'delete_all'].map((name) => searchParams.get(name) ?? 'false')
  if (flags.some((flag) => flag !== 'true' && flag !== 'false')) return 'A flag in the query must be `true` or `false`'
  const [isDryRun, isAll] = flags.map((flag) => flag === 'true') as [boolean, boolean]
  const body = parseJson(request.body)
  if (!isObject(body)) return 'The body must be a JSON object'
  const unknown = Object.keys(body).find((name) => name !== 'add' && name !== 'delete')
  if (unknown !== undefined) return `$.${unknown}: is not defined in the schema`
  const { add, delete: remove }: { add?: unknown; delete?: unknown } = body
  if ([add !== undefined, remove !== undefined, isAll].filter(Boolean).length !== 1) {
    return 'Exactly one of `add`, `delete` and `delete_all=true` must be specified'
  }
  if (isAll) return { by: undefined, wanted: [], isDryRun }
  const read = add === undefined ? readDeletion(remove) : readAddition(add)
  return typeof read === 'string' ? read : { ...read, isDryRun }
}

function readAddition(add: unknown): Omit<Addition, 'isDryRun'> | string {
  if (!Array.isArray(add) || add.length === 0) return '$.add: must be an array with at least one rule'
  const rules: NewRule[] = []
  for (const [index, item] of add.entries()) {
    if (!isObject(item)) return `$.add[${index}]: must be an object`
    const unknown = Object.keys(item).find((name) => name !== 'value' && name !== 'tag')
    if (unknown !== undefined) return `$.add[${index}].${unknown}: is not defined in the schema`
    const { value, tag }: { value?: unknown; tag?: unknown } = item
    if (value === undefined) return `$.add[${index}].value: is missing but it is required`
    if (typeof value !== 'string') return `$.add[${index}].value: must be a string`
    if (tag !== undefined && typeof tag !== 'string') return `$.add[${index}].tag: must be a string`
    rules.push({ value, ...(tag !== undefined && { tag }) })
  }
  return { add: rules }
}

function readDeletion(remove: unknown): Omit<Deletion, 'isDryRun'> | string {
  if (!isObject(remove)) return '$.delete: must be an object'
  const unknown = Object.keys(remove).find((name) => name !== 'ids' && name !== 'values')
  if (unknown !== undefined) return `$.delete.${unknown}: is not defined in the schema`
  const { ids, values }: { ids?: unknown; values?: unknown } = remove
  if ((ids === undefined) === (values === undefined)) return '$.delete: must have either `ids` or `values`'
  const name = ids === undefined ? 'values' : 'ids'
  const wanted = ids ?? values
  if (!isTextList(wanted)) return `$.delete.${name}: must be an array with at least one string`
  const problem = name === 'ids' ? findIdProblem(wanted, '$.delete.ids') : undefined
  return problem ?? { by: name === 'ids' ? 'id' : 'value', wanted }
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
}

/** The problem with ids of rules: X reads at most 1000 ids of 1 to 19 digits. */
function findIdProblem(ids: readonly string[], label: string): string | undefined {
  if (ids.length > 1000) return `${label}: must not have more than 1000 ids`
  const wrong = ids.find((id) => !/^\d{1,19}$/.test(id))
  return wrong === undefined ? undefined : `${label}: [${wrong}] does not match ^[0-9]{1,19}$`
}

const titles = {
  'duplicate-rules': 'DuplicateRule',
  'invalid-rules': 'UnprocessableEntity',
  // No answer of X with this problem is recorded.
  'noncompliant-rules': 'NoncompliantRules',
  'rule-cap': 'RulesCapReached',
} as const satisfies Record<RuleRefusal['reason'], string>

function ruleProblem({ reason, details, existingId }: RuleRefusal, value: string): Problem {
  const [title, type] = [titles[reason], problemType(reason)]
  return {
    value,
    ...(existingId !== undefined && { id: existingId }),
    details: [details],
    title,
    detail: details,
    type,
  }
}

function ruleNotFound(parameter: 'ids' | 'values', value: string): Problem {
  const type = problemType('resource-not-found')
  const detail = `Could not find rule with ${parameter}: [${value}].`
  return { value, detail, title: 'Not Found Error', resource_type: 'rule', parameter, resource_id: value, type }
}

/** X leaves an empty list out. */
function dataOf(rules: readonly StreamRuleState[]): { data?: object[] } {
  if (rules.length === 0) return {}
  return { data: rules.map(({ id, value, tag }) => ({ id, value, ...(tag !== undefined && { tag }) })) }
}

function errorsOf(errors: readonly Problem[]): { errors?: readonly Problem[] } {
  return errors.length === 0 ? {} : { errors }
}

function sentAt({ platform }: AppCall): string {
  return v2Date(platform.clock.now())
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

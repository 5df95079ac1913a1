import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import type { StreamRuleInput } from '../../../../src/endpoints/filtered-stream/add-stream-rules.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions, type Script } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/posts/filtered-stream/introduction, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const coffee = { value: 'coffee', tag: 'drinks' }
const tea = { value: 'tea' }
const added = { id: '1', ...coffee }
const meta = (created: number, not_created: number) => ({
  sent: '2026-11-28T10:00:00.000Z',
  summary: { created, not_created, valid: created, invalid: not_created },
})
const problem = (suffix: string, value: string | undefined, more: object = {}) => ({
  title: 'Problem',
  type: `https://api.x.com/2/problems/${suffix}`,
  ...(value !== undefined && { value }),
  ...more,
})
const add = (rules: unknown = [coffee, tea], options?: object) =>
  createClient(patientOptions()).filteredStream.rules.add(rules as StreamRuleInput[], options)

describeV2(x, 'filteredStream.rules.add', {
  call: (client, options) => client.filteredStream.rules.add([coffee, tea], options),
  sends: 'POST /2/tweets/search/stream/rules',
  body: { add: [coffee, tea] },
  accepts: [
    [
      { json: { data: [added, { id: '2', value: 'tea' }], meta: meta(2, 0) } },
      { added: [added, { id: '2', value: 'tea' }], failed: [] },
    ],
    [
      {
        status: 201,
        json: { data: [added], meta: meta(1, 1), errors: [problem('duplicate-rules', 'tea', { id: '9' })] },
      },
      { added: [added], failed: [{ value: 'tea', reason: 'DuplicateRule', message: 'Problem', existingId: '9' }] },
    ],
    // Without a rule that was added, X sends no data.
    [
      {
        json: {
          meta: meta(0, 2),
          errors: [
            problem('invalid-rules', 'coffee', { details: ['no viable alternative at input'] }),
            problem('noncompliant-rules', 'tea', { detail: 'Not allowed.' }),
          ],
        },
      },
      {
        added: [],
        failed: [
          { ...coffee, reason: 'InvalidRule', message: 'no viable alternative at input' },
          { value: 'tea', reason: 'NoncompliantRule', message: 'Not allowed.' },
        ],
      },
    ],
    [
      { status: 400, json: { title: 'Invalid Request', errors: [problem('invalid-rules', 'tea')] } },
      {
        added: [],
        failed: [
          { ...coffee, reason: 'Unknown', message: 'Invalid Request' },
          { value: 'tea', reason: 'InvalidRule', message: 'Problem' },
        ],
      },
    ],
    [
      { json: { data: [added], errors: [problem('rule-cap', undefined)] } },
      { added: [added], failed: [{ value: 'tea', reason: 'RuleLimitExceeded', message: 'Problem' }] },
    ],
    [{ json: { data: [added] } }, { added: [added], failed: [{ value: 'tea', reason: 'Unknown' }] }],
  ],
  rejects: [
    [empty, ['']],
    [htmlPage, ['']],
    [{ json: { meta: meta(0, 2) } }, ['data']],
    [{ json: { data: [{ value: 'tea' }] } }, ['data.0.id']],
  ],
})

describe('filteredStream.rules.add', () => {
  test('only checks the rules in a dry run', async () => {
    x.answers({ json: { data: [added], meta: meta(1, 0) } })
    expect(await add([coffee], { dryRun: true })).toEqual({ added: [added], failed: [] })
    expect(x.requests[0]?.path).toBe('/2/tweets/search/stream/rules?dry_run=true')
  })

  test('sends nothing without rules', async () => {
    expect(await add([])).toEqual({ added: [], failed: [] })
    expect(x.requests).toEqual([])
  })

  test('counts a rule that is there twice twice', async () => {
    x.answers({ json: { data: [{ id: '1', value: 'tea' }], errors: [problem('duplicate-rules', 'tea')] } })
    expect(await add([tea, tea])).toEqual({
      added: [{ id: '1', value: 'tea' }],
      failed: [{ value: 'tea', reason: 'DuplicateRule', message: 'Problem' }],
    })
  })

  test.each<readonly [string, string, RegExp]>([
    ['DuplicateRule', 'duplicate-rules', /List the rules/],
    ['InvalidRule', 'invalid-rules', /operators/],
    ['NoncompliantRule', 'noncompliant-rules', /policies of X/],
    ['RuleLimitExceeded', 'rule-cap', /Delete rules/],
  ])('rejects with reason %s if X names no rule', async (reason, suffix, hint) => {
    for (const response of [{ status: 403 }, { status: 400 }, { status: 200 }]) {
      x.answers({ ...response, json: { errors: [problem(suffix, undefined)] } } satisfies Script)
      await expect(add()).rejects.toMatchObject({
        name: 'ApiError',
        endpoint: 'filteredStream.rules.add',
        reason,
        hint: expect.stringMatching(hint),
      })
    }
  })

  test.each<readonly [unknown, typeof TypeError | typeof RangeError, RegExp]>([
    [undefined, TypeError, /"rules" must be an array/],
    [coffee, TypeError, /"rules" must be an array/],
    [['coffee'], TypeError, /"rules\[0\]" must be an object/],
    [[coffee, {}], TypeError, /"rules\[1\].value" must be a string/],
    [[{ value: '' }], RangeError, /"rules\[0\].value" must not be empty/],
    [[{ value: 'a', tag: 1 }], TypeError, /"rules\[0\].tag" must be a string/],
  ])('refuses %j and sends nothing', async (rules, Expected, message) => {
    const call = createClient(patientOptions()).filteredStream.rules.add(rules as StreamRuleInput[])
    await expect(call).rejects.toThrow(Expected)
    await expect(call).rejects.toThrow(message)
    expect(x.requests).toEqual([])
  })

  test('refuses a dryRun that is a text', async () => {
    await expect(add([coffee], { dryRun: 'false' })).rejects.toThrow(/"dryRun" must be a boolean/)
  })
})

import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../../support/emulator-harness.ts'

const path = '/2/tweets/search/stream/rules'
const sent = '2026-11-21T09:30:00.250Z'

// The forms are those of https://docs.x.com/x-api/posts/filtered-stream/introduction and of X's OpenAPI description 2.169.

/** A harness, and a function that sends a request and returns the body of its answer. */
function create() {
  const harness = new EmulatorHarness()
  const send = async (method: string, query = '', body?: unknown) => {
    const response = await harness.asApp(method, `${path}${query}`, body)
    expect(response.status).toBe(200)
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind.
    return (await response.json()) as any
  }
  return { harness, send }
}

describe('adding rules', () => {
  it('answers with the rules and a summary', async () => {
    const { send } = create()
    const answer = await send('POST', '', { add: [{ value: 'cat has:links', tag: 'cats' }, { value: 'dog' }] })
    expect(answer).toEqual({
      data: [
        { id: expect.stringMatching(/^\d{19}$/), value: 'cat has:links', tag: 'cats' },
        { id: expect.stringMatching(/^\d{19}$/), value: 'dog' },
      ],
      meta: { sent, summary: { created: 2, not_created: 0, valid: 2, invalid: 0 } },
    })
    expect(await send('GET')).toEqual({ data: answer.data, meta: { sent, result_count: 2 } })
  })

  it('adds the valid ones, and lists a problem for each of the others', async () => {
    const { send } = create()
    const { data } = await send('POST', '', { add: [{ value: 'cat' }] })
    const answer = await send('POST', '', {
      add: [{ value: 'cat', tag: 'again' }, { value: 'url:x' }, { value: 'dog' }],
    })
    expect(answer.data).toEqual([{ id: expect.any(String), value: 'dog' }])
    expect(answer.errors).toEqual([
      {
        value: 'cat',
        id: data[0].id,
        title: 'DuplicateRule',
        type: 'https://api.x.com/2/problems/duplicate-rules',
        detail: 'The app has a rule with this value already',
        details: ['The app has a rule with this value already'],
      },
      {
        value: 'url:x',
        title: 'UnprocessableEntity',
        type: 'https://api.x.com/2/problems/invalid-rules',
        detail: 'The emulator does not support the operator "url:" in "url:x"',
        details: ['The emulator does not support the operator "url:" in "url:x"'],
      },
    ])
    expect(answer.meta.summary).toEqual({ created: 1, not_created: 2, valid: 1, invalid: 2 })
  })

  it('refuses a value that the request has twice', async () => {
    const { send } = create()
    const { data, errors } = await send('POST', '', { add: [{ value: 'cat' }, { value: 'cat' }] })
    expect([data.length, errors[0].id]).toEqual([1, data[0].id])
  })

  it('leaves "data" out when no rule was added', async () => {
    const { send } = create()
    expect(await send('POST', '', { add: [{ value: '(' }] })).not.toHaveProperty('data')
  })

  it('only checks the rules in a dry run', async () => {
    const { send } = create()
    const answer = await send('POST', '?dry_run=true', { add: [{ value: 'cat' }, { value: '(' }] })
    expect(answer).toMatchObject({ data: [{ value: 'cat' }], meta: { summary: { created: 1, not_created: 1 } } })
    expect(await send('GET')).toEqual({ meta: { sent, result_count: 0 } })
  })

  it('keeps the rules of each app apart', async () => {
    const { harness, send } = create()
    await send('POST', '', { add: [{ value: 'cat' }] })
    const other = harness.x.addApp()
    expect(await (await harness.asApp('GET', path, undefined, other)).json()).toMatchObject({
      meta: { result_count: 0 },
    })
    const added = await harness.asApp('POST', path, { add: [{ value: 'cat' }] }, other)
    expect(await added.json()).toMatchObject({ meta: { summary: { created: 1 } } })
  })
})

describe('deleting rules', () => {
  async function createWithRules() {
    const created = create()
    const { data } = await created.send('POST', '', { add: [{ value: 'cat' }, { value: 'dog' }, { value: 'fox' }] })
    return { ...created, ids: data.map(({ id }: { id: string }) => id) as [string, string, string] }
  }

  it('by id', async () => {
    const { send, ids } = await createWithRules()
    expect(await send('POST', '', { delete: { ids: [ids[0], ids[2]] } })).toEqual({
      meta: { sent, summary: { deleted: 2, not_deleted: 0 } },
    })
    expect((await send('GET')).data).toEqual([{ id: ids[1], value: 'dog' }])
  })

  it('by value, with a problem for what the app does not have', async () => {
    const { send } = await createWithRules()
    expect(await send('POST', '', { delete: { values: ['dog', 'owl'] } })).toEqual({
      meta: { sent, summary: { deleted: 1, not_deleted: 1 } },
      errors: [
        {
          value: 'owl',
          parameter: 'values',
          resource_id: 'owl',
          resource_type: 'rule',
          title: 'Not Found Error',
          detail: 'Could not find rule with values: [owl].',
          type: 'https://api.x.com/2/problems/resource-not-found',
        },
      ],
    })
    expect((await send('POST', '', { delete: { ids: ['1'] } })).errors).toMatchObject([
      { parameter: 'ids', value: '1' },
    ])
  })

  it('all of them', async () => {
    const { send } = await createWithRules()
    expect((await send('POST', '?delete_all=true&dry_run=true', {})).meta.summary).toEqual({
      deleted: 3,
      not_deleted: 0,
    })
    expect((await send('GET')).meta.result_count).toBe(3)
    expect((await send('POST', '?delete_all=true', {})).meta.summary).toEqual({ deleted: 3, not_deleted: 0 })
    expect(await send('GET')).toEqual({ meta: { sent, result_count: 0 } })
  })
})

describe('listing rules', () => {
  it('goes page by page', async () => {
    const { send } = create()
    const { data } = await send('POST', '', { add: ['a', 'b', 'c'].map((value) => ({ value })) })
    const first = await send('GET', '?max_results=2')
    expect(first).toEqual({
      data: data.slice(0, 2),
      meta: { sent, result_count: 2, next_token: expect.stringMatching(/^[0-9a-v]{16}$/) },
    })
    const second = await send('GET', `?max_results=2&pagination_token=${first.meta.next_token}`)
    expect(second).toEqual({ data: data.slice(2), meta: { sent, result_count: 1 } })
  })

  it('finds rules by id', async () => {
    const { send } = create()
    const { data } = await send('POST', '', { add: [{ value: 'cat' }, { value: 'dog' }] })
    const answer = await send('GET', `?ids=${data[1].id},7`)
    expect(answer).toMatchObject({
      data: [data[1]],
      meta: { result_count: 1 },
      errors: [{ value: '7', parameter: 'ids' }],
    })
  })
})

describe('an invalid request', () => {
  it.each<[string, string, unknown, string]>([
    ['POST', '', '', 'The body must be a JSON object'],
    ['POST', '', [], 'The body must be a JSON object'],
    ['POST', '', {}, 'Exactly one of `add`, `delete` and `delete_all=true` must be specified'],
    [
      'POST',
      '?delete_all=true',
      { add: [{ value: 'cat' }] },
      'Exactly one of `add`, `delete` and `delete_all=true` must be specified',
    ],
    ['POST', '?dry_run=yes', { add: [{ value: 'cat' }] }, 'A flag in the query must be `true` or `false`'],
    ['POST', '', { rules: [] }, '$.rules: is not defined in the schema'],
    ['POST', '', { add: [] }, '$.add: must be an array with at least one rule'],
    ['POST', '', { add: {} }, '$.add: must be an array with at least one rule'],
    ['POST', '', { add: ['cat'] }, '$.add[0]: must be an object'],
    [
      'POST',
      '',
      { add: [{ value: 'cat' }, { value: 'dog', name: '' }] },
      '$.add[1].name: is not defined in the schema',
    ],
    ['POST', '', { add: [{ tag: 'cats' }] }, '$.add[0].value: is missing but it is required'],
    ['POST', '', { add: [{ value: 1 }] }, '$.add[0].value: must be a string'],
    ['POST', '', { add: [{ value: 'cat', tag: 1 }] }, '$.add[0].tag: must be a string'],
    ['POST', '', { delete: [] }, '$.delete: must be an object'],
    ['POST', '', { delete: {} }, '$.delete: must have either `ids` or `values`'],
    ['POST', '', { delete: { ids: ['1'], values: ['cat'] } }, '$.delete: must have either `ids` or `values`'],
    ['POST', '', { delete: { id: '1' } }, '$.delete.id: is not defined in the schema'],
    ['POST', '', { delete: { ids: [] } }, '$.delete.ids: must be an array with at least one string'],
    ['POST', '', { delete: { values: [1] } }, '$.delete.values: must be an array with at least one string'],
    ['POST', '', { delete: { ids: ['x'] } }, '$.delete.ids: [x] does not match ^[0-9]{1,19}$'],
    ['GET', '?ids=1,x', undefined, 'ids: [x] does not match ^[0-9]{1,19}$'],
    ['GET', `?ids=${'1,'.repeat(1000)}1`, undefined, 'ids: must not have more than 1000 ids'],
    ['GET', '?max_results=0', undefined, 'max_results: must be a whole number from 1 to 1000'],
    ['GET', '?max_results=1001', undefined, 'max_results: must be a whole number from 1 to 1000'],
    ['GET', '?pagination_token=7', undefined, 'pagination_token: must be the next_token of a page'],
  ])('%s %s %j', async (method, query, body, message) => {
    const response = await new EmulatorHarness().asApp(method, `${path}${query}`, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      type: 'https://api.x.com/2/problems/invalid-request',
      errors: [{ message }],
    })
  })

  it('without the bearer token of an app is refused', async () => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const response = await harness.asUser(alice, 'GET', path)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('[OAuth 2.0 Application-Only]') })
  })
})

it('keeps its rules in a saved state', async () => {
  const { harness, send } = create()
  const { data } = await send('POST', '', { add: [{ value: 'cat', tag: 'cats' }, { value: 'dog' }] })
  const copy = new EmulatorHarness({ state: JSON.parse(JSON.stringify(harness.x.save())) })
  expect((await (await copy.asApp('GET', path)).json()).data).toEqual(data)
})

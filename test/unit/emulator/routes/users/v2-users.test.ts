import { describe, expect, it } from 'vitest'
import { answerOf, callAs, createBot } from '../../../../support/emulator-calls.ts'

const problem = (parameter: string, value: string) => ({
  value,
  detail: `Could not find user with ${parameter}: [${value}].`,
  title: 'Not Found Error',
  resource_type: 'user',
  parameter,
  resource_id: value,
  type: 'https://api.x.com/2/problems/resource-not-found',
})

describe('the lookups of users in v2', () => {
  it('find users by id and by handle', async () => {
    const { harness, alice, bob } = await createBot()
    const read = async (path: string) => (await harness.asApp('GET', path)).json()
    const [first, second] = [alice, bob].map(({ id, name, screenName }) => ({ id, name, username: screenName }))
    expect(await read(`/2/users/${alice.id}`)).toEqual({ data: first })
    expect(await read('/2/users/by/username/ALICE')).toEqual({ data: first })
    expect(await read(`/2/users?ids=${alice.id},${bob.id}`)).toEqual({ data: [first, second] })
    expect(await read('/2/users/by?usernames=alice,bob')).toEqual({ data: [first, second] })
    expect(await read(`/2/users/${alice.id}?user.fields=protected`)).toEqual({ data: { ...first, protected: false } })
    expect((await callAs(harness, alice, 'GET', `/2/users/${bob.id}`)).status).toBe(200)
    expect((await harness.asUser(alice, 'GET', `/2/users/${bob.id}`)).status).toBe(200)
  })

  it('name the users that they do not find, with status 200', async () => {
    const { harness, alice } = await createBot()
    const read = async (path: string) => answerOf(await harness.asApp('GET', path))
    expect(await read('/2/users/1')).toEqual({ status: 200, body: { errors: [problem('id', '1')] } })
    expect(await read('/2/users/by/username/nobody')).toEqual({
      status: 200,
      body: { errors: [problem('username', 'nobody')] },
    })
    expect(await read(`/2/users?ids=1,${alice.id}`)).toMatchObject({
      body: { data: [{ id: alice.id }], errors: [problem('ids', '1')] },
    })
  })

  it.each([
    '/2/users',
    '/2/users?ids=',
    '/2/users?ids=alice',
    '/2/users/alice',
    '/2/users/by',
    '/2/users/by?usernames=a-b',
    `/2/users?ids=${'1,'.repeat(100)}1`,
  ])('refuse %s', async (path) => {
    const { harness } = await createBot()
    expect((await harness.asApp('GET', path)).status).toBe(400)
  })

  it('accept a hundred ids, and refuse unknown fields', async () => {
    const { harness, alice } = await createBot()
    expect((await harness.asApp('GET', `/2/users?ids=${'1,'.repeat(99)}1`)).status).toBe(200)
    expect((await harness.asApp('GET', `/2/users/${alice.id}?user.fields=nothing`)).status).toBe(400)
  })
})

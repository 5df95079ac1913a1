import { describe, expect, it } from 'vitest'
import { createBot, postSigned } from '../../../../support/emulator-calls.ts'
import { callSigned, failureOf } from '../../../../support/emulator-v1.ts'

describe('GET /1.1/users/show.json and /1.1/users/lookup.json', () => {
  it('find users by id and by handle, with all digits of the id', async () => {
    const { harness, alice, bob } = await createBot()
    const read = async (path: string) => (await harness.asApp('GET', path)).text()
    expect(await read('/1.1/users/show.json?screen_name=Bob')).toContain(`"id":${bob.id},"id_str":"${bob.id}"`)
    expect(JSON.parse(await read(`/1.1/users/show.json?user_id=${alice.id}`))).toMatchObject({ screen_name: 'alice' })
    const found = JSON.parse(await read(`/1.1/users/lookup.json?user_id=${alice.id},1&screen_name=bob,alice`))
    expect(found.map((user: { screen_name: string }) => user.screen_name)).toEqual(['alice', 'bob'])
    const posted = await postSigned(harness, alice, '/1.1/users/lookup.json', { screen_name: 'bob' })
    expect(await posted.json()).toMatchObject([{ id_str: bob.id }])
  })

  it('refuse what they do not find, and more than 100 users', async () => {
    const { harness } = await createBot()
    const refused = async (path: string) => failureOf(await harness.asApp('GET', path))
    expect(await refused('/1.1/users/show.json?screen_name=nobody')).toEqual({
      status: 404,
      code: 50,
      message: 'User not found.',
    })
    const noMatch = { status: 404, code: 17, message: 'No user matches for specified terms.' }
    expect(await refused('/1.1/users/lookup.json?user_id=1')).toEqual(noMatch)
    expect(await refused('/1.1/users/lookup.json')).toEqual(noMatch)
    expect(await refused(`/1.1/users/lookup.json?user_id=${'1,'.repeat(99)}1`)).toEqual(noMatch)
    expect(await refused(`/1.1/users/lookup.json?user_id=${'1,'.repeat(100)}1`)).toMatchObject({ code: 18 })
  })
})

describe('POST /1.1/friendships', () => {
  it('follows and unfollows, and delivers each once', async () => {
    const { harness, alice, bob } = await createBot()
    for (const [name, type] of [
      ['create', 'follow'],
      ['destroy', 'unfollow'],
    ]) {
      const path = `/1.1/friendships/${name}.json`
      expect(await (await postSigned(harness, alice, path, { user_id: bob.id })).json()).toMatchObject({
        screen_name: 'bob',
      })
      expect((await postSigned(harness, alice, path, { screen_name: 'bob' })).status).toBe(200)
      expect((await harness.flush()).map(({ json }) => json.follow_events[0].type)).toEqual([type])
    }
  })

  it('refuses unknown users, oneself, and a user who has blocked this one', async () => {
    const { harness, alice, bob } = await createBot()
    const refused = async (form: Record<string, string>) =>
      failureOf(await postSigned(harness, alice, '/1.1/friendships/create.json', form))
    expect(await refused({})).toMatchObject({ status: 404, code: 108 })
    expect(await refused({ user_id: '1' })).toMatchObject({ status: 404, code: 108 })
    expect(await refused({ screen_name: 'alice' })).toMatchObject({ status: 403, code: 158 })
    await bob.block(alice)
    expect(await refused({ screen_name: 'bob' })).toMatchObject({ status: 403, code: 162 })
  })
})

describe('POST /1.1/favorites', () => {
  it('likes and unlikes', async () => {
    const { harness, alice, bob } = await createBot()
    const { id_str: id } = await bob.post('Hello')
    const call = (name: string, post = id) => postSigned(harness, alice, `/1.1/favorites/${name}.json`, { id: post })
    expect(await (await call('create')).json()).toMatchObject({ id_str: id, favorite_count: 1 })
    expect((await harness.flush()).map(({ json }) => json.favorite_events[0].favorited_status.id_str)).toEqual([id])
    expect(await failureOf(await call('create'))).toEqual({
      status: 403,
      code: 139,
      message: 'You have already favorited this status.',
    })
    expect(await (await call('destroy')).json()).toMatchObject({ id_str: id, favorite_count: 0 })
    const notFound = { status: 404, code: 144, message: 'No status found with that ID.' }
    expect(await failureOf(await call('destroy'))).toEqual(notFound)
    expect(await failureOf(await call('create', '1'))).toEqual(notFound)
    await bob.block(alice)
    await harness.flush()
    expect(await failureOf(await call('create'))).toMatchObject({ status: 403, code: 136 })
    expect(await harness.flush()).toEqual([])
  })

  it('requires permission to write', async () => {
    const { harness, alice, bob } = await createBot()
    const { id_str: id } = await bob.post('Hello')
    harness.x.configureApp({ permissions: 'read' })
    await alice.authorize()
    const call = { method: 'POST', path: '/1.1/favorites/create.json', form: { id } }
    expect(await failureOf(await callSigned(harness, alice, call))).toMatchObject({ status: 403, code: 261 })
  })
})

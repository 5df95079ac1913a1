import { describe, expect, it } from 'vitest'
import { answerOf, callAs, createBot } from '../../../../support/emulator-calls.ts'

async function createScene() {
  const bot = await createBot()
  const { harness, alice, bob } = bot
  const post = (await bob.post('Hello')).id_str
  await harness.flush()
  const act = async (path: string, body: object) =>
    answerOf(await callAs(harness, alice, 'POST', `/2/users/${alice.id}/${path}`, body))
  const undo = async (path: string, target: string) =>
    answerOf(await callAs(harness, alice, 'DELETE', `/2/users/${alice.id}/${path}/${target}`))
  /** The names of the events that the app got. */
  const events = async () =>
    (await harness.flush()).map(({ json }) => {
      const [name = ''] = Object.keys(json).filter((key) => key.endsWith('_events'))
      return json[name][0].type ?? name
    })
  return { ...bot, post, act, undo, events }
}

const success = (data: object) => ({ status: 200, body: { data } })

describe('the routes below /2/users/:id', () => {
  it('like and unlike a post', async () => {
    const { harness, post, act, undo, events } = await createScene()
    expect(await act('likes', { tweet_id: post })).toEqual(success({ liked: true }))
    expect(await events()).toEqual(['favorite_events'])
    expect(await act('likes', { tweet_id: post })).toEqual(success({ liked: true }))
    expect(await undo('likes', post)).toEqual(success({ liked: false }))
    expect(await undo('likes', post)).toEqual(success({ liked: false }))
    expect(await events()).toEqual([])
    const counted = await harness.asApp('GET', `/2/tweets/${post}?tweet.fields=public_metrics`)
    expect(await counted.json()).toMatchObject({ data: { public_metrics: { like_count: 0 } } })
  })

  it('repost and undo it', async () => {
    const { post, act, undo, events } = await createScene()
    expect(await act('retweets', { tweet_id: post })).toEqual(success({ retweeted: true }))
    expect(await events()).toEqual(['tweet_create_events'])
    expect(await act('retweets', { tweet_id: post })).toMatchObject({
      status: 403,
      body: { detail: 'You cannot retweet a Tweet that you have already retweeted.' },
    })
    expect(await undo('retweets', post)).toEqual(success({ retweeted: false }))
    expect(await events()).toEqual(['tweet_delete_events'])
    expect(await undo('retweets', post)).toEqual(success({ retweeted: false }))
    expect((await act('retweets', { tweet_id: post })).status).toBe(200)
  })

  it.each([
    ['following', 'follow', 'unfollow', { following: true, pending_follow: false }, { following: false }],
    ['muting', 'mute', 'unmute', { muting: true }, { muting: false }],
    ['blocking', 'block', 'unblock', { blocking: true }, { blocking: false }],
  ])('do and undo: %s', async (path, done, undone, data, undoneData) => {
    const { bob, act, undo, events } = await createScene()
    expect(await act(path, { target_user_id: bob.id })).toEqual(success(data))
    expect(await act(path, { target_user_id: bob.id })).toEqual(success(data))
    expect(await events()).toEqual([done])
    expect(await undo(path, bob.id)).toEqual(success(undoneData))
    expect(await undo(path, bob.id)).toEqual(success(undoneData))
    expect(await events()).toEqual([undone])
  })

  it('refuse another user than that of the token', async () => {
    const { harness, alice, bob, post } = await createScene()
    const answer = await answerOf(await callAs(harness, alice, 'POST', `/2/users/${bob.id}/likes`, { tweet_id: post }))
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            message: `The \`id\` query parameter value [${bob.id}] must be the same as the authenticating user [${alice.id}]`,
          },
        ],
      },
    })
  })

  it('refuse a missing target, an unknown one, oneself, and a user who has blocked this one', async () => {
    const { alice, bob, post, act, events } = await createScene()
    expect((await act('likes', {})).status).toBe(400)
    expect((await act('likes', { tweet_id: '1' })).status).toBe(404)
    expect((await act('following', { target_user_id: '1' })).status).toBe(404)
    expect((await act('following', { target_user_id: alice.id })).status).toBe(400)
    await bob.block(alice)
    await events()
    expect(await act('following', { target_user_id: bob.id })).toMatchObject({
      status: 403,
      body: { detail: 'You have been blocked from following this account at the request of the user.' },
    })
    expect((await act('likes', { tweet_id: post })).status).toBe(403)
    expect(await events()).toEqual([])
  })

  it('require the scope of the action', async () => {
    const { harness, alice, post, act } = await createScene()
    await alice.authorize(harness.x.app, { scopes: ['tweet.read', 'users.read', 'follows.write'] })
    expect((await act('likes', { tweet_id: post })).status).toBe(403)
    expect(harness.x.requests.at(-1)?.reason).toContain('like.write')
  })
})

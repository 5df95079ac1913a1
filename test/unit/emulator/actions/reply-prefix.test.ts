import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

async function createThread() {
  const harness = new EmulatorHarness()
  const [alice] = await harness.subscribed('alice')
  const bob = harness.x.addUser({ screenName: 'bob' })
  const carol = harness.x.addUser({ screenName: 'carol' })
  return { harness, alice, bob, carol }
}

describe('the text of a reply', () => {
  // The pair user_mention.yml and response.yml of https://github.com/zammad/zammad/tree/develop/test/data/twitter/webhook_events:
  // a user replies to its own post that mentions another user, who gets the event.
  it('begins with the handles that the post mentions, which X does not display', async () => {
    const { harness, alice, bob } = await createThread()
    const first = await bob.post('@alice This is a test of webhooks.')
    await harness.flush()
    const reply = await bob.reply(first, 'This is only a test.')
    expect(reply).toMatchObject({
      text: '@alice This is only a test.',
      display_text_range: [7, 27],
      in_reply_to_status_id_str: first.id_str,
      in_reply_to_user_id_str: bob.id,
    })
    const [delivery] = await harness.flush()
    expect(delivery?.json).toMatchObject({ for_user_id: alice.id, user_has_blocked: false })
    expect(delivery?.json.tweet_create_events[0].id_str).toBe(reply.id_str)
  })

  it('begins with the author, and then with the other users of the thread', async () => {
    const { harness, alice, bob, carol } = await createThread()
    const answer = await bob.reply(await alice.post('a'), 'b')
    await harness.flush()
    const { text, entities, display_text_range } = await carol.reply(answer, 'c')
    expect(text).toBe('@bob @alice c')
    expect(display_text_range).toEqual([12, 13])
    expect(entities?.user_mentions?.map(({ screen_name }) => screen_name)).toEqual(['bob', 'alice'])
    expect(await harness.flush()).toHaveLength(1)
  })

  it('does not begin with the own handle', async () => {
    const { alice, bob } = await createThread()
    const { text } = await alice.reply(await bob.post('Hi @alice'), 'Hi')
    expect(text).toBe('@bob Hi')
  })

  it.each([
    ['@ALICE @bob c', '@ALICE @bob c', 12],
    ['@alice c', '@alice @bob c', 12],
    ['@carol c', '@bob @alice @carol c', 12],
    ['@bobby c', '@bob @alice @bobby c', 12],
    ['@bob @bob c', '@bob @alice @bob c', 12],
    ['c @bob', '@bob @alice c @bob', 12],
    ['@bob', '@bob @alice @bob', 12],
  ])('does not repeat the handles that it begins with: %j', async (written, text, shownFrom) => {
    const { alice, bob, carol } = await createThread()
    const answer = await bob.reply(await alice.post('a'), 'b')
    expect(await carol.reply(answer, written)).toMatchObject({ text, display_text_range: [shownFrom, text.length] })
  })
})

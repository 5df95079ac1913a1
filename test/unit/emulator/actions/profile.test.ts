import { describe, expect, it } from 'vitest'
import { activityWorld, parsed } from '../../../support/emulator-activity.ts'

// Types: https://docs.x.com/x-api/activity/introduction. `screenname` is the display name, and `handle` the @name.
const types = ['screenname', 'bio', 'handle', 'geo', 'url', 'profile_picture', 'banner_picture'].map(
  (part) => `profile.update.${part}`,
)

const defaultImage = 'https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png'
const image = 'https://pbs.twimg.com/profile_images/1/new_normal.jpg'

describe('updateProfile', () => {
  it('sends one event for each value that changes', async () => {
    const { harness, alice } = await activityWorld(types)
    await alice.updateProfile({
      name: 'Alice II',
      bio: 'Sows & reaps',
      screenName: 'alice2',
      location: 'Graz',
      url: 'https://example.com',
      profileImage: image,
      banner: 'https://pbs.twimg.com/profile_banners/1/2',
    })
    const received = await harness.flush()
    expect(received.map(({ json }) => [json.data.event_type, json.data.payload])).toEqual([
      ['profile.update.screenname', { before: 'Alice', after: 'Alice II' }],
      ['profile.update.bio', { before: '', after: 'Sows & reaps' }],
      ['profile.update.handle', { before: 'alice', after: 'alice2' }],
      ['profile.update.geo', { before: '', after: 'Graz' }],
      ['profile.update.url', { before: '', after: 'https://example.com' }],
      ['profile.update.profile_picture', { before: defaultImage, after: image }],
      ['profile.update.banner_picture', { before: '', after: 'https://pbs.twimg.com/profile_banners/1/2' }],
    ])
    for (const one of received) expect(parsed(one)).toMatchObject({ forUserId: alice.id, direction: 'outgoing' })
  })

  it('sends nothing for a value that stays the same, and to the other API nothing at all', async () => {
    const { harness, webhookId, alice } = await activityWorld(types)
    await harness.subscribe(webhookId, alice)
    await alice.updateProfile({ name: 'Alice', screenName: 'alice' })
    await alice.updateProfile({})
    expect(await harness.flush()).toEqual([])
    await alice.updateProfile({ bio: 'Tea' })
    expect(await harness.flush()).toHaveLength(1)
  })

  it('changes what the events of both APIs show', async () => {
    const { harness, webhookId, alice } = await activityWorld(['post.create'])
    await harness.subscribe(webhookId, alice)
    await alice.updateProfile({ name: 'Al', screenName: 'Al', bio: 'Tea', profileImage: image })
    await alice.post('Hello')
    const [aaa, xaa] = (await harness.flush()).map(({ json }) => json)
    expect(aaa.tweet_create_events[0].user).toMatchObject({
      name: 'Al',
      screen_name: 'Al',
      description: 'Tea',
      profile_image_url_https: image,
      default_profile_image: false,
    })
    expect(xaa.data.includes.users[0]).toMatchObject({
      name: 'Al',
      username: 'Al',
      description: 'Tea',
      profile_image_url: image,
    })
  })

  it('frees the old handle', async () => {
    const { harness, alice } = await activityWorld([])
    await alice.updateProfile({ screenName: 'ALICE' })
    expect([alice.screenName, harness.x.user('alice')?.id]).toEqual(['ALICE', alice.id])
    await alice.updateProfile({ screenName: 'alice2' })
    expect(harness.x.user('alice')).toBeUndefined()
    expect(harness.x.addUser({ screenName: 'alice' }).id).not.toBe(alice.id)
    await harness.x.load(harness.x.save())
    expect(harness.x.user('alice2')).toMatchObject({ id: alice.id, screenName: 'alice2' })
  })

  it('keeps the last handle of a user that a loaded state does not have', async () => {
    const { harness } = await activityWorld([])
    const carol = harness.x.addUser({ screenName: 'carol' })
    await carol.updateProfile({ screenName: 'caro' })
    await harness.x.reset()
    expect(carol.screenName).toBe('carol')
  })

  it.each<[string, object, string]>([
    ['an unknown member', { description: 'x' }, '"profile" must not have a member "description"'],
    ['a number', { bio: 5 }, '"bio" must be a string, got number'],
    ['a handle that exists', { screenName: 'BOB' }, '"screenName" must be unique, but @BOB already exists'],
    ['a malformed handle', { screenName: 'a b' }, '"screenName" must be 1 to 15 letters, digits and underscores'],
    ['an empty name', { name: '' }, '"name" must not be empty'],
    ['a long name', { name: 'x'.repeat(51) }, '"name" must not be longer than 50 characters'],
    ['an image without a URL', { profileImage: 'me.png' }, '"profileImage" must be an http or https URL'],
    ['a banner without a URL', { banner: 'ftp://x' }, '"banner" must be an http or https URL'],
  ])('refuses %s, and changes nothing', async (_, changes, message) => {
    const { harness, alice } = await activityWorld(types)
    await expect(alice.updateProfile({ bio: 'new', ...changes })).rejects.toThrow(message)
    expect(await harness.flush()).toEqual([])
  })
})

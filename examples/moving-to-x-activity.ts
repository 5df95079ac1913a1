/**
 * The move of two accounts from the Account Activity API (AAA) to the X Activity API (XAA), against the emulator: AAA, both,
 * XAA. The handlers stay the same, and each activity is handled once. The steps are those of
 * docs/guides/moving-to-x-activity.md.
 */
import { type Activity, activityOf, createClient, createReceiver, parseDelivery } from 'x-account-activity'
import { createEmulator, type EmulatedUser } from 'x-account-activity/emulator'
import { syncActivitySubscriptions } from 'x-account-activity/sync'
import * as page from './page.ts'

page.title('x-account-activity: from the Account Activity API to the X Activity API')

const x = createEmulator({ seed: 'moving', fetch: (request) => receiver.fetch(request) })
const alice = x.addUser({ screenName: 'alice', name: 'Alice 🌻' })
const bob = x.addUser({ screenName: 'bob', name: 'Bob ☕️' })
const accounts = [alice, bob]

// ── The app: one set of handlers, whichever API delivers ─────────────────────────────────────────────────────────────

/** The accounts whose move has begun. */
const moving = new Set<string>()
const handled = new Map<string, number>()

const receiver = createReceiver({ consumerSecret: x.app.consumerSecret, now: x.now })
receiver.onActivity(['post', 'mention', 'reply', 'quote', 'repost', 'post_delete', 'like', 'message', 'revoke'], handle)
// These have no common key in both APIs. AAA is used until the move of the account begins.
receiver.onActivity(['follow', 'unfollow'], (activity) => {
  if (activity.api === 'account_activity' || moving.has(activity.accountId)) handle(activity)
})

function handle(activity: Activity): void {
  const text = describe(activity)
  page.event(activity.kind, activity.direction, `${activity.api === 'activity' ? 'XAA' : 'AAA'} · ${text}`)
  handled.set(text, (handled.get(text) ?? 0) + 1)
}

/** Says what happened, in the same words for both APIs. */
function describe(activity: Activity): string {
  const account = accounts.find(({ id }) => id === activity.accountId)
  const what = () => {
    switch (activity.kind) {
      case 'follow':
      case 'unfollow':
        return `@${activity.source.handle} ${activity.kind}s @${activity.target.handle}`
      case 'message':
        return `${activity.sender.name} to ${activity.recipient.name}: ${JSON.stringify(activity.text)}`
      case 'like':
        return `post ${activity.postId} is liked`
      case 'post_delete':
        return `post ${activity.postId} is deleted`
      case 'revoke':
        return "the app's access is revoked"
      default:
        return 'author' in activity ? `@${activity.author.handle}: ${JSON.stringify(activity.text)}` : activity.kind
    }
  }
  return `for @${account?.screenName}: ${what()}`
}

/** What a day of two people is made of. */
async function live(day: string): Promise<void> {
  const post = await alice.post(`${day}: tea & toast, @bob?`)
  await bob.reply(post, `${day}: yes please`)
  await bob.like(post)
  await bob.message(alice, `${day}: are you there?`)
  const mistake = await bob.post(`${day}: tee`)
  await bob.deletePost(mistake)
  await x.idle()
}

/** How many deliveries each API has made since the last call. */
let counted = 0
function noteDeliveries(): void {
  const families = x.deliveries.slice(counted).map(({ body }) => parseDelivery(body).family)
  counted = x.deliveries.length
  const count = (name: string) => families.filter((family) => family === name).length
  page.note('deliveries', `${count('account_activity')} by AAA, ${count('activity')} by XAA`)
}

// ── AAA ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

page.step('Before: both accounts are subscribed to AAA')
const client = createClient({ ...x.app, fetch: x.fetch, now: x.now })
const { id: webhookId } = await client.webhooks.create('https://app.example/webhook')
for (const user of accounts) await client.subscriptions.create(webhookId, { user })
await live('Monday')
await bob.follow(alice)
await x.idle()
noteDeliveries()

// ── Both ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const credentialsOf = ({ id, accessToken, accessTokenSecret }: EmulatedUser) => ({
  userId: id,
  accessToken,
  accessTokenSecret,
})

page.step('Both: the same webhook, two deliveries of most activities, one call of the handlers')
const { created, failed } = await syncActivitySubscriptions(client, { webhookId, users: accounts.map(credentialsOf) })
page.note(
  'subscribed',
  `${created.length} subscriptions: ${created.length / accounts.length} event types of each account`,
)
await live('Tuesday')
await bob.unfollow(alice)
await x.idle()
noteDeliveries()

// ── Account by account ───────────────────────────────────────────────────────────────────────────────────────────────

page.step('The move: account by account, AAA ends')
for (const user of accounts) {
  moving.add(user.id)
  await x.advance({ minutes: 1 })
  await client.subscriptions.delete(webhookId, user.id)
  page.note('moved', `@${user.screenName}`)
  await live(`Wednesday, after ${user.name}`)
}
noteDeliveries()

// ── XAA ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

page.step('Afterwards: XAA alone, with the same webhook and the same handlers')
const { subscriptions } = await client.subscriptions.list(webhookId)
page.note('AAA', `${subscriptions.length} subscriptions`)
await live('Thursday')
await alice.follow(bob)
await bob.revoke()
await x.idle()
noteDeliveries()

// ── Was every activity handled once? ─────────────────────────────────────────────────────────────────────────────────

const events = x.deliveries.flatMap(({ body }) => parseDelivery(body).events)
const happened = new Set(events.flatMap((event) => activityOf(event) ?? []).map(describe))
const counts = {
  twice: [...handled.values()].filter((times) => times > 1).length,
  lost: [...happened].filter((text) => !handled.has(text)).length,
}

page.step('Result')
page.table([
  { label: 'deliveries', value: x.deliveries.length },
  { label: 'activities', value: happened.size },
  { label: 'handled', value: handled.size, expected: happened.size },
  { label: 'handled twice', value: counts.twice, expected: 0 },
  { label: 'lost', value: counts.lost, expected: 0 },
])
const isCorrect = counts.twice === 0 && counts.lost === 0 && failed.length === 0 && subscriptions.length === 0
page.result(isCorrect, isCorrect ? 'Moved. Nothing lost, nothing handled twice.' : 'Wrong counts.')
process.exitCode = isCorrect ? 0 : 1

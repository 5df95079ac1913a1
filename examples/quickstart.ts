/**
 * The whole life of an app on one machine: two accounts on X's Account Activity API, and one on the X Activity API. The
 * emulator takes the place of X. It listens on a port of its own, and the app and the emulator talk over HTTP on 127.0.0.1.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  classifyPost,
  createClient,
  createReceiver,
  eventTypes,
  fullText,
  parseDelivery,
  replayWindow,
  unescapeText,
} from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { toNodeHandler } from 'x-account-activity/node'
import * as page from './page.ts'

page.title('x-account-activity: an app, its webhook and an outage')

// ── X, and three of its users ────────────────────────────────────────────────────────────────────────────────────────

const x = createEmulator({ seed: 'quickstart' })
const platform = await serveEmulator(x, { port: 0 })
const alice = x.addUser({ screenName: 'alice', name: 'Alice 🌻' })
const bob = x.addUser({ screenName: 'bob', name: 'Bob ☕️' })
const carol = x.addUser({ screenName: 'carol', name: 'Carol 🚲' })
const names = new Map([alice, bob, carol].map((user) => [user.id, `@${user.screenName}`]))
const nameOf = (id: string) => names.get(id) ?? id
/** A text as people read it: X escapes `&`, `<` and `>`. */
const quoted = (text: string) => JSON.stringify(unescapeText(text))

// ── The app: a handler for each type of event ────────────────────────────────────────────────────────────────────────

const handledTimes = new Map<string, number>()
const seenTypes = new Set<string>()
let onReplayEnded = (_state: string) => {}

const receiver = createReceiver({
  consumerSecret: x.app.consumerSecret,
  now: x.now,
  on: {
    tweet_create({ type, direction, payload, forUserId }) {
      const kind = classifyPost(payload, forUserId)
      page.event(type, direction, `${payload.user?.name} · ${kind} · ${quoted(fullText(payload))}`)
    },
    tweet_delete: ({ type, direction, postId }) => page.event(type, direction, `post ${postId} was deleted`),
    favorite: ({ type, direction, userId, payload }) =>
      page.event(type, direction, `${nameOf(userId)} likes ${quoted(fullText(payload.favorited_status))}`),
    follow: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} follows ${nameOf(targetId)}`),
    unfollow: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} no longer follows ${nameOf(targetId)}`),
    block: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} blocks ${nameOf(targetId)}`),
    unblock: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} no longer blocks ${nameOf(targetId)}`),
    mute: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} mutes ${nameOf(targetId)}`),
    unmute: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} no longer mutes ${nameOf(targetId)}`),
    direct_message: ({ type, direction, sender, recipient, payload }) =>
      page.event(
        type,
        direction,
        `${sender?.name} to ${recipient?.name}: ${quoted(payload.message_create.message_data.text ?? '')}`,
      ),
    direct_message_indicate_typing: ({ type, direction, senderId }) =>
      page.event(type, direction, `${nameOf(senderId)} is typing`),
    direct_message_mark_read: ({ type, direction, senderId }) =>
      page.event(type, direction, `${nameOf(senderId)} has read the conversation`),
    user_revoke: ({ type, direction, userId }) =>
      page.event(type, direction, `${nameOf(userId)} revoked the app's access`),
    replay_job_status({ type, direction, payload }) {
      page.event(type, direction, payload.job_state_description ?? payload.job_state)
      onReplayEnded(payload.job_state)
    },
    any({ type, id }) {
      seenTypes.add(type)
      handledTimes.set(id, (handledTimes.get(id) ?? 0) + 1)
    },
  },
})

// The X Activity API has event types of its own. Their handlers come afterwards, but could be in `on`, too.
const activityTypes = [
  'post.create',
  'post.mention.create',
  'like.create',
  'follow.follow',
  'dm.received',
  'profile.update.bio',
] as const
receiver.on(['post.create', 'post.mention.create'], ({ type, direction, payload }) =>
  page.event(type, direction, `${nameOf(payload.author_id ?? '')} · ${quoted(payload.text ?? '')}`),
)
receiver.on('like.create', ({ type, direction, postId }) => page.event(type, direction, `post ${postId} is liked`))
receiver.on('follow.follow', ({ type, direction, sourceId, targetId }) =>
  page.event(type, direction, `${nameOf(sourceId)} follows ${nameOf(targetId)}`),
)
receiver.on('dm.received', ({ type, direction, senderId, message }) =>
  page.event(type, direction, `${nameOf(senderId)}: ${quoted(message.message_create.message_data.text ?? '')}`),
)
receiver.on('profile.update.bio', ({ type, direction, forUserId = '', payload }) =>
  page.event(type, direction, `${nameOf(forUserId)} is now ${quoted(payload.after ?? '')}`),
)

/** Starts the receiver's server. After an outage it uses the same port again. */
async function serveReceiver(port = 0) {
  const server = createServer(toNodeHandler(receiver))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections())
  return { port: (server.address() as AddressInfo).port, close }
}

// ── Register the webhook, subscribe the accounts ─────────────────────────────────────────────────────────────────────

page.step('Register the webhook, subscribe three accounts')
const app = await serveReceiver()
const client = createClient({
  consumerKey: x.app.consumerKey,
  consumerSecret: x.app.consumerSecret,
  baseUrl: platform.url,
  now: x.now,
})

const webhook = await client.webhooks.create(`http://127.0.0.1:${app.port}/webhook`)
page.note('webhook', `${webhook.id} at ${webhook.url}: ${webhook.valid ? 'valid' : 'not valid'}`)
for (const user of [alice, bob]) {
  await client.subscriptions.create(webhook.id, { user })
  page.note('subscribed', `@${user.screenName}, ${user.id}`)
}

// The same webhook for the X Activity API: one subscription for each type of event.
for (const eventType of activityTypes) {
  await client.activity.subscriptions.create(
    { eventType, filter: { userId: carol.id }, webhookId: webhook.id },
    { user: carol },
  )
}
page.note('subscribed', `@${carol.screenName}, ${carol.id}, to ${activityTypes.length} types of the X Activity API`)

// ── Each kind of activity happens once ───────────────────────────────────────────────────────────────────────────────

page.step('Live: → by the subscribed account, ← by another account')
const post = await alice.post('Good morning 🌍! 1 < 2 & tea/coffee is ready')
await bob.reply(post, 'Coffee for me ☕️')
await bob.quote(post, 'She means it')
await bob.repost(post)
await bob.like(post)
await bob.follow(alice)
await x.idle()
const message = await bob.message(alice, 'Is there any left? 🥐')
await alice.read(message)
await alice.typing(bob)
await alice.message(bob, 'Enough for two')
await x.idle()
await alice.mute(bob)
await alice.unmute(bob)
await bob.unfollow(alice)
await bob.block(alice)
await bob.unblock(alice)
await alice.deletePost(post)
await x.idle()
await carol.post('On my way 🚲')
await alice.follow(carol)
await alice.like(await carol.post('Who wants bread & butter?'))
await alice.post('Me, @carol!')
await alice.message(carol, 'With salt, please')
await carol.updateProfile({ bio: 'Cyclist & baker' })
await x.idle()
await bob.revoke()
await x.idle()

// A user who revoked the app's access can authorise the app again, and is then subscribed again.
await bob.authorize()
await client.subscriptions.create(webhook.id, { user: bob })
page.note('subscribed', '@bob, again')

const raw = x.deliveries.find(({ body }) => body.includes('tea'))?.body ?? ''
page.note('on the wire', `…${raw.slice(raw.indexOf('"text"'), raw.indexOf('"text"') + 90)}…`)

// ── The receiver is down, and users go on ────────────────────────────────────────────────────────────────────────────

page.step('Outage: the receiver is down for five hours')
await x.advance({ minutes: 5 })
const outageBegan = new Date(x.now())
await app.close()
const missed = await alice.post('Can you hear me? 👀')
await bob.reply(missed, 'Yes')
await bob.like(missed)
await bob.follow(alice)
await bob.message(alice, 'Your bot does not answer')
await carol.post('Is the bot awake?')
await bob.message(carol, 'No bot either')
// X retries for four hours.
await x.advance({ hours: 5 })
const failed = x.deliveries.filter(({ outcome }) => outcome === 'failed')
const lost = failed.filter(({ retryAt }) => retryAt === undefined)
page.note('lost', `${lost.length} deliveries, after ${failed.length} attempts`)

// ── The receiver is up again, and a replay brings back what it missed ────────────────────────────────────────────────

page.step('Recovery: ask X to replay the outage')
const appAgain = await serveReceiver(app.port)
const ended = new Promise<string>((resolve) => {
  onReplayEnded = resolve
})
const outageEnded = new Date(x.now())
// X accepts a window that began at least 31 minutes ago. This one begins before the outage, so it also contains events that
// were handled already. They are not handled again.
await x.advance({ minutes: 45 })
const from = new Date(outageBegan.getTime() - 10 * 60_000)
const window = replayWindow({ from, to: outageEnded }, { now: x.now() })
const { jobId } = await client.replay.create(webhook.id, window)
page.note('replay job', `${jobId}, ${window.fromDate} to ${window.toDate} UTC`)
const jobState = await ended
await x.idle()

// ── Was every event handled exactly once? ────────────────────────────────────────────────────────────────────────────

const idOf = (delivery: { body: string }) => parseDelivery(delivery.body).events[0]?.id ?? ''
// Each of X's attempts is a delivery of its own. Only the first one is counted: no later one succeeded.
const sent = x.deliveries.filter(({ kind, attempt }) => kind === 'live' && attempt === 1)
const missing = sent.filter(({ outcome }) => outcome !== 'delivered').map(idOf)
const ofActivityApi = sent.filter(({ body }) => parseDelivery(body).family === 'activity')
const counts = {
  sent: new Set(sent.map(idOf)).size,
  activity: new Set(ofActivityApi.map(idOf)).size,
  live: sent.length - missing.length,
  missed: missing.length,
  recovered: missing.filter((id) => handledTimes.has(id)).length,
  twice: [...handledTimes.values()].filter((times) => times > 1).length,
  lost: sent.filter((delivery) => !handledTimes.has(idOf(delivery))).length,
}

page.step('Result')
page.table([
  { label: 'sent', value: counts.sent },
  { label: 'of which by XAA', value: counts.activity },
  { label: 'received live', value: counts.live },
  { label: 'missed', value: counts.missed },
  { label: 'recovered', value: counts.recovered, expected: counts.missed },
  { label: 'handled twice', value: counts.twice, expected: 0 },
  { label: 'lost', value: counts.lost, expected: 0 },
])

// Names with a dot are those of the X Activity API: of these, only those that the app subscribed to.
const accountActivityTypes = eventTypes.filter((type) => !/\.|^filtered_post$|^unknown$/.test(type))
const expectedTypes = [...accountActivityTypes, ...activityTypes]
const unseen = expectedTypes.filter((type) => !seenTypes.has(type))
const isCorrect =
  counts.missed > 0 &&
  counts.activity > 0 &&
  counts.sent === counts.live + counts.missed &&
  counts.recovered === counts.missed &&
  counts.twice === 0 &&
  counts.lost === 0 &&
  jobState === 'Complete' &&
  unseen.length === 0
page.result(
  isCorrect,
  isCorrect ? 'Nothing lost, nothing handled twice.' : `Wrong counts. Types never seen: ${unseen.join(', ')}`,
)
process.exitCode = isCorrect ? 0 : 1

await appAgain.close()
await platform.close()

/**
 * The whole life of an app on X's Account Activity API, on one machine: the platform is the emulator, on a socket of its
 * own, and everything between it and the app goes over HTTP on 127.0.0.1.
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
} from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { toNodeHandler } from 'x-account-activity/node'
import * as page from './page.ts'

page.title('x-account-activity: an app, its webhook and an outage')

// ── The platform, and two people on it ─────────────────────────────────────────────────────────────────────────────

const x = createEmulator({ seed: 'quickstart' })
const platform = await serveEmulator(x, { port: 0 })
const alice = x.addUser({ screenName: 'alice', name: 'Alice 🌻' })
const bob = x.addUser({ screenName: 'bob', name: 'Bob ☕️' })
const names = new Map([alice, bob].map((user) => [user.id, `@${user.screenName}`]))
const nameOf = (id: string) => names.get(id) ?? id

// ── The app: a handler for each type of event ──────────────────────────────────────────────────────────────────────

const handledTimes = new Map<string, number>()
const seenTypes = new Set<string>()
let replayHasEnded = (_state: string) => {}

const receiver = createReceiver({
  consumerSecret: x.app.consumerSecret,
  now: x.now,
  on: {
    tweet_create({ type, direction, payload, forUserId }) {
      const text = JSON.stringify(fullText(payload))
      page.event(type, direction, `${payload.user?.name} · ${classifyPost(payload, forUserId)} · ${text}`)
    },
    tweet_delete: ({ type, direction, postId }) => page.event(type, direction, `post ${postId} is gone`),
    favorite: ({ type, direction, userId, payload }) =>
      page.event(type, direction, `${nameOf(userId)} likes ${JSON.stringify(fullText(payload.favorited_status))}`),
    follow: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} follows ${nameOf(targetId)}`),
    unfollow: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} follows ${nameOf(targetId)} no more`),
    block: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} blocks ${nameOf(targetId)}`),
    unblock: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} blocks ${nameOf(targetId)} no more`),
    mute: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} mutes ${nameOf(targetId)}`),
    unmute: ({ type, direction, sourceId, targetId }) =>
      page.event(type, direction, `${nameOf(sourceId)} mutes ${nameOf(targetId)} no more`),
    direct_message: ({ type, direction, sender, recipient, payload }) =>
      page.event(
        type,
        direction,
        `${sender?.name} to ${recipient?.name}: ${JSON.stringify(payload.message_create.message_data.text)}`,
      ),
    direct_message_indicate_typing: ({ type, direction, senderId }) =>
      page.event(type, direction, `${nameOf(senderId)} is typing`),
    direct_message_mark_read: ({ type, direction, senderId }) =>
      page.event(type, direction, `${nameOf(senderId)} has read it`),
    user_revoke: ({ type, direction, userId }) =>
      page.event(type, direction, `${nameOf(userId)} took back the app's permission`),
    replay_job_status({ type, direction, payload }) {
      page.event(type, direction, payload.job_state_description ?? payload.job_state)
      replayHasEnded(payload.job_state)
    },
    any({ type, id }) {
      seenTypes.add(type)
      handledTimes.set(id, (handledTimes.get(id) ?? 0) + 1)
    },
  },
})

/** Puts the receiver on a socket; the same port again after an outage. */
async function serveReceiver(port = 0) {
  const server = createServer(toNodeHandler(receiver))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections())
  return { port: (server.address() as AddressInfo).port, close }
}

// ── Register the webhook, subscribe the accounts ───────────────────────────────────────────────────────────────────

page.step('Register the webhook, subscribe two accounts')
const app = await serveReceiver()
const client = createClient({
  consumerKey: x.app.consumerKey,
  consumerSecret: x.app.consumerSecret,
  baseUrl: platform.url,
  now: x.now,
})

const webhook = await client.webhooks.create(`http://127.0.0.1:${app.port}/webhook`)
page.note('webhook', `${webhook.id} at ${webhook.url}: challenged, ${webhook.valid ? 'valid' : 'not valid'}`)
for (const user of [alice, bob]) {
  await client.subscriptions.create(webhook.id, { user })
  page.note('subscribed', `@${user.screenName}, ${user.id}`)
}

// ── Everything happens once, as both of them see it ────────────────────────────────────────────────────────────────

page.step('Live: → done by the subscribed account, ← done to it')
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
await bob.revoke()
await x.idle()

// Whoever took their permission back can give it again, and is subscribed anew.
await bob.authorize()
await client.subscriptions.create(webhook.id, { user: bob })
page.note('subscribed', '@bob, again')

const raw = x.deliveries.find(({ body }) => body.includes('tea'))?.body ?? ''
page.note('on the wire', `…${raw.slice(raw.indexOf('"text"'), raw.indexOf('"text"') + 90)}…`)

// ── The receiver goes down, and life goes on ───────────────────────────────────────────────────────────────────────

page.step('Outage: nobody listens for five hours')
await x.advance({ minutes: 5 })
const outageBegan = new Date(x.now())
await app.close()
const missed = await alice.post('Is anybody there? 👀')
await bob.reply(missed, 'I am')
await bob.like(missed)
await bob.follow(alice)
await bob.message(alice, 'Your bot does not answer')
// X tries again for four hours, and then no more.
await x.advance({ hours: 5 })
const failed = x.deliveries.filter(({ outcome }) => outcome === 'failed')
const lost = failed.filter(({ retryAt }) => retryAt === undefined)
page.note('lost', `${lost.length} deliveries, after ${failed.length} attempts`)

// ── Up again, and a replay brings back what was missed ─────────────────────────────────────────────────────────────

page.step('Recovery: ask X to replay the outage')
const appAgain = await serveReceiver(app.port)
const ended = new Promise<string>((resolve) => {
  replayHasEnded = resolve
})
const outageEnded = new Date(x.now())
// X takes a window that began 31 minutes ago or earlier. This one begins before the outage, so that it also holds events
// that were handled already: they are not handled again.
await x.advance({ minutes: 45 })
const from = new Date(outageBegan.getTime() - 10 * 60_000)
const window = replayWindow({ from, to: outageEnded }, { now: x.now() })
const { jobId } = await client.replay.create(webhook.id, window)
page.note('replay job', `${jobId}, ${window.fromDate} to ${window.toDate} UTC`)
const jobState = await ended
await x.idle()

// ── Does it add up? ────────────────────────────────────────────────────────────────────────────────────────────────

const idOf = (delivery: { body: string }) => parseDelivery(delivery.body).events[0]?.id ?? ''
// Each attempt of X is a delivery of its own: the first one stands for all of them, for none of the others succeeded.
const sent = x.deliveries.filter(({ kind, attempt }) => kind === 'live' && attempt === 1)
const missing = sent.filter(({ outcome }) => outcome !== 'delivered').map(idOf)
const counts = {
  sent: new Set(sent.map(idOf)).size,
  live: sent.length - missing.length,
  missed: missing.length,
  recovered: missing.filter((id) => handledTimes.has(id)).length,
  twice: [...handledTimes.values()].filter((times) => times > 1).length,
  lost: sent.filter((delivery) => !handledTimes.has(idOf(delivery))).length,
}

page.step('The balance')
page.table([
  { label: 'sent', value: counts.sent },
  { label: 'received live', value: counts.live },
  { label: 'missed', value: counts.missed },
  { label: 'recovered', value: counts.recovered, wanted: counts.missed },
  { label: 'handled twice', value: counts.twice, wanted: 0 },
  { label: 'lost', value: counts.lost, wanted: 0 },
])

const unseen = eventTypes.filter((type) => type !== 'unknown' && !seenTypes.has(type))
const addsUp =
  counts.missed > 0 &&
  counts.sent === counts.live + counts.missed &&
  counts.recovered === counts.missed &&
  counts.twice === 0 &&
  counts.lost === 0 &&
  jobState === 'Complete' &&
  unseen.length === 0
page.verdict(addsUp, addsUp ? 'Nothing lost, nothing twice.' : `It does not add up. Never seen: ${unseen.join(', ')}`)
process.exitCode = addsUp ? 0 : 1

await appAgain.close()
await platform.close()

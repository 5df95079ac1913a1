/**
 * A bot that answers: it replies to mentions and replies, answers direct messages, and follows its followers. It uses the
 * client twitter-api-v2, which knows nothing of this package. msw passes its requests for api.x.com to the emulator, so the
 * bot itself is as in production.
 */
import { setupServer } from 'msw/node'
import { TwitterApi } from 'twitter-api-v2'
import { createClient, createReceiver } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { accountActivityHandlers } from 'x-account-activity/testing/msw'
import * as page from './page.ts'

page.title('x-account-activity: a bot that answers')

// ── X, the account of the bot, and two people ────────────────────────────────────────────────────────────────────────

const x = createEmulator({ seed: 'reply-bot', fetch: (request) => receiver.fetch(request) })
const network = setupServer(...accountActivityHandlers(x))
network.listen()
const tea = x.addUser({ screenName: 'tea_bot', name: 'Tea Bot 🫖' })
const alice = x.addUser({ screenName: 'alice', name: 'Alice 🌻' })
const bob = x.addUser({ screenName: 'bob', name: 'Bob ☕️' })

// ── The bot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const bot = new TwitterApi({
  appKey: x.app.consumerKey,
  appSecret: x.app.consumerSecret,
  accessToken: tea.accessToken,
  accessSecret: tea.accessTokenSecret,
})
const { data: me } = await bot.v2.me()

/** X also delivers what the bot does itself. Without this check, the bot would answer its own answers. */
const isSomeoneElse = (user: { readonly id: string }) => user.id !== me.id

const receiver = createReceiver({
  consumerSecret: x.app.consumerSecret,
  now: x.now,
  onActivity: {
    mention: ({ author, postId, text }) => answerPost(author, postId, text),
    reply: ({ author, postId, text }) => answerPost(author, postId, text),
    async message({ sender, text }) {
      if (!isSomeoneElse(sender)) return
      page.event('message', 'incoming', `@${sender.handle}: ${text}`)
      await bot.v2.sendDmToParticipant(sender.id, { text: `You wrote: ${text}` })
    },
    async follow({ source }) {
      if (!isSomeoneElse(source)) return
      page.event('follow', 'incoming', `@${source.handle}`)
      await bot.v2.follow(me.id, source.id)
      await bot.v2.sendDmToParticipant(source.id, { text: `Welcome, @${source.handle}!` })
    },
  },
})

async function answerPost(author: { readonly id: string; readonly handle?: string }, postId: string, text: string) {
  if (!isSomeoneElse(author)) return
  page.event('post', 'incoming', `@${author.handle}: ${text}`)
  await bot.v2.reply(text.includes('?') ? 'Earl Grey, always.' : 'Thank you!', postId)
}

// ── It gets the events of its own account ────────────────────────────────────────────────────────────────────────────

const client = createClient(x.app)
const webhook = await client.webhooks.create('https://tea-bot.example/webhook')
await client.subscriptions.create(webhook.id, { user: tea })

// ── What people do ───────────────────────────────────────────────────────────────────────────────────────────────────

page.step('alice mentions the bot, and thanks it for the answer')
await alice.post('@tea_bot Which tea at five?')
await x.idle()
const answer = await lastPostOf(me.id)
await alice.reply(answer.id, 'I knew it')
await x.idle()

page.step('bob follows the bot, and writes to it')
await bob.follow(tea)
await bob.message(tea, 'Milk first, or last?')
await x.idle()

// ── What the bot did ─────────────────────────────────────────────────────────────────────────────────────────────────

page.step('Result')
/** The requests by which the bot acted, beside that for its own account. */
const acted = x.requests.flatMap(({ route, status }) =>
  route !== undefined && /^POST \/2\/(?:tweets$|users|dm_)/.test(route) ? [`${route} ${status}`] : [],
)
for (const request of acted) page.note('bot', request)
const expected = [
  'POST /2/tweets 201',
  'POST /2/tweets 201',
  'POST /2/users/:id/following 200',
  'POST /2/dm_conversations/with/:participant_id/messages 201',
  'POST /2/dm_conversations/with/:participant_id/messages 201',
]
page.note('last post', (await lastPostOf(me.id)).text)
const isCorrect = acted.toSorted().join() === expected.toSorted().join() && answer.text === '@alice Earl Grey, always.'
page.result(isCorrect, isCorrect ? 'Answered everyone once, and never itself.' : 'Wrong answers.')
process.exitCode = isCorrect ? 0 : 1
network.close()

/** The last post of an account, as its delivery has it. */
async function lastPostOf(userId: string): Promise<{ readonly id: string; readonly text: string }> {
  const ids = x.deliveries.flatMap(({ body }) => {
    const [post] = JSON.parse(body).tweet_create_events ?? []
    return post?.user.id_str === userId ? [post.id_str] : []
  })
  const { data } = await bot.v2.singleTweet(ids.at(-1))
  return data
}

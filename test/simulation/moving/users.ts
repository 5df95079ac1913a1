import type { Activity } from 'x-account-activity'
import type { EmulatedUser, Emulator } from 'x-account-activity/emulator'

/** The kinds that have the same key in both APIs. */
export const kindsWithCommonKey = [
  'post',
  'mention',
  'reply',
  'quote',
  'repost',
  'post_delete',
  'message',
  'revoke',
] as const satisfies readonly Activity['kind'][]

/** Names an activity by what happened, without its key. */
export function nameOf(activity: Activity): string {
  const { kind, accountId } = activity
  switch (kind) {
    case 'post_delete':
      return `post_delete ${accountId} ${activity.postId}`
    case 'like':
      return `like ${accountId} ${activity.postId}`
    case 'follow':
    case 'unfollow':
    case 'block':
    case 'unblock':
    case 'mute':
    case 'unmute':
      return `${kind} ${accountId} ${activity.source.id} ${activity.target.id}`
    case 'message':
      return `message ${accountId} ${activity.messageId}`
    case 'typing':
    case 'read':
      return `${kind} ${accountId} ${activity.sender.id} ${activity.recipient.id}`
    case 'revoke':
      return `revoke ${accountId}`
    default:
      return `post ${accountId} ${activity.postId}`
  }
}

/**
 * The users of the simulation. Each step is something else that one of them does to another, and no two users do the same
 * twice. `expected` has what both APIs deliver of it.
 */
export class Users {
  readonly expected = new Set<string>()
  readonly #users: readonly EmulatedUser[]
  readonly #leavers: EmulatedUser[]
  readonly #actsBy = new Map<number, number>()
  #steps = 0

  constructor(x: Emulator, { users, leavers }: { readonly users: number; readonly leavers: number }) {
    this.#users = Array.from({ length: users }, (_, index) => x.addUser({ screenName: `user_${index}` }))
    this.#leavers = Array.from({ length: leavers }, (_, index) => x.addUser({ screenName: `leaver_${index}` }))
  }

  /** All accounts. Those that revoke the access of the app are spread among them. */
  accounts(): EmulatedUser[] {
    const every = Math.ceil(this.#users.length / this.#leavers.length)
    return this.#users.flatMap((user, index) => {
      const leaver = index % every === 0 ? this.#leavers[index / every] : undefined
      return leaver === undefined ? [user] : [leaver, user]
    })
  }

  /** One user revokes the access of the app. */
  async leave(): Promise<void> {
    const leaver = this.#leavers.pop()
    if (leaver === undefined) return
    await leaver.revoke()
    this.expected.add(`revoke ${leaver.id}`)
  }

  /** The next user does something, or a certain one. A user who revokes the access of the app does nothing else. */
  async act(userId?: string): Promise<void> {
    const step = this.#steps
    this.#steps += 1
    const count = this.#users.length
    const index = userId === undefined ? step % count : this.#users.findIndex(({ id }) => id === userId)
    const before = this.#actsBy.get(index) ?? 0
    this.#actsBy.set(index, before + 1)
    const actor = this.#users[index]
    const other = this.#users[(index + 1 + (before % (count - 1))) % count]
    const action = actions[step % actions.length]
    if (actor === undefined || other === undefined || action === undefined) return
    for (const name of await action(actor, other)) this.expected.add(name)
  }
}

/** Does something, and returns the names of the activities that it causes. */
type Action = (actor: EmulatedUser, other: EmulatedUser) => Promise<string[]>

const actions: readonly Action[] = [
  async (actor, other) => {
    const { id_str } = await actor.post(`Good morning, @${other.screenName} & all`)
    return [`post ${actor.id} ${id_str}`, `post ${other.id} ${id_str}`]
  },
  (actor, other) => toNewPost(actor, other, (post) => actor.reply(post, `@${other.screenName} Good morning`)),
  (actor, other) => toNewPost(actor, other, (post) => actor.quote(post, 'She means it')),
  (actor, other) => toNewPost(actor, other, (post) => actor.repost(post)),
  async (actor) => {
    const post = await actor.post('I take it back')
    await actor.deletePost(post)
    return [`post ${actor.id} ${post.id_str}`, `post_delete ${actor.id} ${post.id_str}`]
  },
  async (actor, other) => {
    const post = await other.post('Tea is ready')
    await actor.like(post)
    return [`post ${other.id} ${post.id_str}`, `like ${actor.id} ${post.id_str}`, `like ${other.id} ${post.id_str}`]
  },
  async (actor, other) => {
    await actor.follow(other)
    await actor.unfollow(other)
    return ['follow', 'unfollow'].flatMap((kind) =>
      [actor, other].map(({ id }) => `${kind} ${id} ${actor.id} ${other.id}`),
    )
  },
  // That others block or mute an account is delivered by the Account Activity API only.
  async (actor, other) => {
    await actor.block(other)
    await actor.unblock(other)
    return ['block', 'unblock'].map((kind) => `${kind} ${actor.id} ${actor.id} ${other.id}`)
  },
  async (actor, other) => {
    await actor.mute(other)
    await actor.unmute(other)
    return ['mute', 'unmute'].map((kind) => `${kind} ${actor.id} ${actor.id} ${other.id}`)
  },
  async (actor, other) => {
    await actor.typing(other)
    const { id } = await actor.message(other, 'Is there any left?')
    await other.read({ id: actor.id })
    return [
      `typing ${other.id} ${actor.id} ${other.id}`,
      `message ${actor.id} ${id}`,
      `message ${other.id} ${id}`,
      `read ${actor.id} ${other.id} ${actor.id}`,
    ]
  },
]

/** The other user posts, and the actor answers, quotes or reposts it. */
async function toNewPost(
  actor: EmulatedUser,
  other: EmulatedUser,
  act: (post: string) => Promise<{ readonly id_str: string }>,
): Promise<string[]> {
  const { id_str: post } = await other.post('Good morning')
  const { id_str: answer } = await act(post)
  return [`post ${other.id} ${post}`, `post ${actor.id} ${answer}`, `post ${other.id} ${answer}`]
}

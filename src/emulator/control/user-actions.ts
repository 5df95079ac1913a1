import { assertText } from '../../internal/assert.ts'
import type { AppRef } from '../accounts/apps.ts'
import type { EmulatedUser } from '../accounts/emulated-user.ts'
import type { PostContent } from '../actions/posts.ts'
import type { ProfileChanges } from '../actions/profile.ts'
import type { MessageRef, UserRef } from '../actions/references.ts'
import type { Emulator } from '../emulator.ts'
import type { ControlEndpoint, ControlRequest } from './endpoint.ts'
import { readText, readUser, userOfPath } from './read-fields.ts'

/** The actions of a user: the methods that return a promise. */
type UserActionName = {
  [Name in keyof EmulatedUser]: EmulatedUser[Name] extends (...args: never[]) => Promise<unknown> ? Name : never
}[keyof EmulatedUser]

interface UserAction {
  readonly takes: readonly string[]
  readonly about: string
  run(user: EmulatedUser, fields: ControlRequest['fields'], x: Emulator): Promise<unknown>
}

const contentNames = ['text', 'lang'] as const

const profileMembers: Record<keyof ProfileChanges, true> = {
  name: true,
  bio: true,
  screenName: true,
  location: true,
  url: true,
  profileImage: true,
  banner: true,
}

/** Users are named by handle or id, posts and messages by id. A missing action is a type error. */
const userActions: Readonly<Record<UserActionName, UserAction>> = {
  post: {
    takes: contentNames,
    about: 'posts. Returns the post.',
    run: (user, fields) => user.post(readContent(fields)),
  },
  reply: {
    takes: ['to', ...contentNames],
    about: 'replies to a post. Returns the reply.',
    run: (user, { to, ...fields }) => user.reply(readText(to, 'to'), readContent(fields)),
  },
  repost: {
    takes: ['post'],
    about: 'reposts a post. Returns the repost.',
    run: (user, { post }) => user.repost(readText(post, 'post')),
  },
  quote: {
    takes: ['post', ...contentNames],
    about: 'quotes a post. Returns the quote.',
    run: (user, { post, ...fields }) => user.quote(readText(post, 'post'), readContent(fields)),
  },
  deletePost: {
    takes: ['post'],
    about: 'deletes a post, or undoes a repost.',
    run: (user, { post }) => user.deletePost(readText(post, 'post')),
  },
  like: {
    takes: ['post'],
    about: 'likes a post.',
    run: (user, { post }) => user.like(readText(post, 'post')),
  },
  follow: relationAction('follow'),
  unfollow: relationAction('unfollow'),
  block: relationAction('block'),
  unblock: relationAction('unblock'),
  mute: relationAction('mute'),
  unmute: relationAction('unmute'),
  message: {
    takes: ['to', 'text'],
    about: 'sends a direct message. Returns the message.',
    run: (user, { to, text }, x) => user.message(readUser(x, to, 'to'), readText(text, 'text')),
  },
  encryptedMessage: {
    takes: ['to'],
    about: 'sends an encrypted message. Returns its id.',
    run: (user, { to }, x) => user.encryptedMessage(readUser(x, to, 'to')),
  },
  updateProfile: {
    takes: Object.keys(profileMembers),
    about: 'changes the profile.',
    run: (user, fields) => user.updateProfile(fields),
  },
  startSpace: {
    takes: [],
    about: 'starts a Space. Returns its id.',
    run: (user) => user.startSpace(),
  },
  endSpace: {
    takes: ['space'],
    about: 'ends a Space.',
    run: (user, { space }) => user.endSpace(readText(space, 'space')),
  },
  startBroadcast: {
    takes: ['title'],
    about: 'starts a live video. Returns its id.',
    run: (user, { title }) => user.startBroadcast({ title: readText(title, 'title') }),
  },
  endBroadcast: {
    takes: ['broadcast'],
    about: 'ends a live video.',
    run: (user, { broadcast }) => user.endBroadcast(readText(broadcast, 'broadcast')),
  },
  chatInBroadcast: {
    takes: ['broadcast', 'text'],
    about: 'writes a chat message in a live video.',
    run: (user, { broadcast, text }) => user.chatInBroadcast(readText(broadcast, 'broadcast'), readText(text, 'text')),
  },
  typing: {
    takes: ['to'],
    about: 'types a direct message.',
    run: (user, { to }, x) => user.typing(readUser(x, to, 'to')),
  },
  read: {
    takes: ['message', 'from'],
    about: 'reads a direct message, or all messages of a user.',
    run: (user, fields, x) => user.read(readMessageOrUser(x, fields)),
  },
  revoke: {
    takes: ['app'],
    about: 'revokes the access of an app. Without an id, the first app.',
    run: (user, { app }) => user.revoke(readApp(app)),
  },
  authorize: {
    takes: ['app', 'scopes'],
    about: 'authorises an app. Without an id, the first app. Returns the tokens.',
    run: (user, { app, ...options }) => user.authorize(readApp(app), options),
  },
}

/** `POST /emulator/users/alice/post` and so on. */
export const userActionEndpoints: readonly ControlEndpoint[] = Object.entries(userActions).map(
  ([name, { takes, about, run }]) => ({
    method: 'POST',
    path: `/emulator/users/:user/${name}`,
    about: `The user ${about}`,
    takes,
    answer: (x, request) => run(userOfPath(x, request), request.fields, x),
  }),
)

function relationAction(name: 'follow' | 'unfollow' | 'block' | 'unblock' | 'mute' | 'unmute'): UserAction {
  return {
    takes: ['user'],
    about: `${name}s a user.`,
    run: (self, { user }, x) => self[name](readUser(x, user, 'user')),
  }
}

/** The action checks the content, as it does for JavaScript code. */
function readContent(fields: ControlRequest['fields']): PostContent {
  return fields as unknown as Exclude<PostContent, string>
}

function readMessageOrUser(x: Emulator, { message, from }: ControlRequest['fields']): MessageRef | UserRef {
  if ((message === undefined) === (from === undefined)) {
    throw new RangeError('The body must have either "message" or "from".')
  }
  return message === undefined ? readUser(x, from, 'from') : readText(message, 'message')
}

function readApp(id: unknown): AppRef | undefined {
  if (id === undefined) return undefined
  assertText(id, 'app')
  return { id }
}

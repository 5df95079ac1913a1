import { assertText } from '../../internal/assert.ts'
import type { AppRef } from '../accounts/apps.ts'
import type { EmulatedUser } from '../accounts/emulated-user.ts'
import type { PostContent } from '../actions/posts.ts'
import type { MessageRef, UserRef } from '../actions/references.ts'
import type { Emulator } from '../emulator.ts'
import type { ControlEndpoint, ControlRequest } from './endpoint.ts'
import { readText, readUser, userOfPath } from './read-fields.ts'

/** Everything that users do: the methods of a user that return a promise. */
type UserActionName = {
  [Name in keyof EmulatedUser]: EmulatedUser[Name] extends (...args: never[]) => Promise<unknown> ? Name : never
}[keyof EmulatedUser]

interface UserAction {
  readonly takes: readonly string[]
  readonly about: string
  act(user: EmulatedUser, fields: ControlRequest['fields'], x: Emulator): Promise<unknown>
}

const contentNames = ['text', 'lang'] as const

/** Users are named by handle or id, posts and messages by id. A verb that is not here does not compile. */
const userActions: Readonly<Record<UserActionName, UserAction>> = {
  post: {
    takes: contentNames,
    about: 'posts, and returns the post',
    act: (user, fields) => user.post(readContent(fields)),
  },
  reply: {
    takes: ['to', ...contentNames],
    about: 'answers a post',
    act: (user, { to, ...fields }) => user.reply(readText(to, 'to'), readContent(fields)),
  },
  repost: {
    takes: ['post'],
    about: 'reposts a post',
    act: (user, { post }) => user.repost(readText(post, 'post')),
  },
  quote: {
    takes: ['post', ...contentNames],
    about: 'quotes a post',
    act: (user, { post, ...fields }) => user.quote(readText(post, 'post'), readContent(fields)),
  },
  deletePost: {
    takes: ['post'],
    about: 'deletes a post, or takes back a repost',
    act: (user, { post }) => user.deletePost(readText(post, 'post')),
  },
  like: {
    takes: ['post'],
    about: 'likes a post',
    act: (user, { post }) => user.like(readText(post, 'post')),
  },
  follow: relationAction('follow'),
  unfollow: relationAction('unfollow'),
  block: relationAction('block'),
  unblock: relationAction('unblock'),
  mute: relationAction('mute'),
  unmute: relationAction('unmute'),
  message: {
    takes: ['to', 'text'],
    about: 'sends a direct message, and returns it',
    act: (user, { to, text }, x) => user.message(readUser(x, to, 'to'), readText(text, 'text')),
  },
  typing: {
    takes: ['to'],
    about: 'types a direct message',
    act: (user, { to }, x) => user.typing(readUser(x, to, 'to')),
  },
  read: {
    takes: ['message', 'from'],
    about: 'reads a direct message, or all from a user',
    act: (user, fields, x) => user.read(readReadTarget(x, fields)),
  },
  revoke: {
    takes: ['app'],
    about: 'takes back what they gave to an app, the first one unless its id is given',
    act: (user, { app }) => user.revoke(readApp(app)),
  },
  authorize: {
    takes: ['app', 'scopes'],
    about: 'lets an app act for them, and returns the tokens',
    act: (user, { app, ...options }) => user.authorize(readApp(app), options),
  },
}

/** `POST /emulator/users/alice/post`, and so on. */
export const userActionEndpoints: readonly ControlEndpoint[] = Object.entries(userActions).map(
  ([name, { takes, about, act }]) => ({
    method: 'POST',
    path: `/emulator/users/:user/${name}`,
    about: `The user ${about}`,
    takes,
    answer: (x, given) => act(userOfPath(x, given), given.fields, x),
  }),
)

function relationAction(verb: 'follow' | 'unfollow' | 'block' | 'unblock' | 'mute' | 'unmute'): UserAction {
  return {
    takes: ['user'],
    about: `${verb}s a user`,
    act: (self, { user }, x) => self[verb](readUser(x, user, 'user')),
  }
}

/** What the users of TypeScript cannot get wrong is checked by the act itself, as for those of JavaScript. */
function readContent(fields: ControlRequest['fields']): PostContent {
  return fields as unknown as Exclude<PostContent, string>
}

function readReadTarget(x: Emulator, { message, from }: ControlRequest['fields']): MessageRef | UserRef {
  if ((message === undefined) === (from === undefined)) throw new RangeError('Give either "message" or "from"')
  return message === undefined ? readUser(x, from, 'from') : readText(message, 'message')
}

function readApp(id: unknown): AppRef | undefined {
  if (id === undefined) return undefined
  assertText(id, 'app')
  return { id }
}

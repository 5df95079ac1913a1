import { tryAction } from '../../actions/action-error.ts'
import { like, unlike } from '../../actions/like.ts'
import { deletePost, repost } from '../../actions/posts.ts'
import * as relations from '../../actions/relations.ts'
import { forbidden, invalidRequest, ok } from '../../api/problems.ts'
import type { UserCall, UserRoute } from '../../api/route.ts'
import type { Scope } from '../../state/permissions.ts'
import { readFields } from '../v2/read-fields.ts'
import { actionRefused, refuseOtherUser } from '../v2-answers.ts'

/** Something that a user does and undoes at `/2/users/:id/…`. */
interface Relation {
  readonly path: string
  /** The member of the body that names the post or the user. */
  readonly member: 'tweet_id' | 'target_user_id'
  readonly scope: Scope
  readonly run: (call: UserCall, target: string) => void
  readonly undo: (call: UserCall, target: string) => void
  /** What X answers when it is done, and when it is not. */
  readonly data: (isDone: boolean) => object
  /** The refusal when it was done before. Absent when X answers as if it had been done now. */
  readonly repeated?: string
  /** The refusal when the other user has blocked this one. */
  readonly blocked: string
}

const notFollowable = 'You have been blocked from following this account at the request of the user.'
const notVisible = 'You have been blocked from the author of this Tweet.'

/**
 * X answers what was done before, or what is undone twice, as a success.
 *
 * @see https://docs.x.com/x-api/users/introduction
 */
const table: readonly Relation[] = [
  {
    path: 'likes',
    member: 'tweet_id',
    scope: 'like.write',
    run: ({ platform, user }, id) => like(platform, user, id),
    undo: ({ platform, user }, id) => unlike(platform, user, id),
    data: (liked) => ({ liked }),
    blocked: notVisible,
  },
  {
    path: 'retweets',
    member: 'tweet_id',
    scope: 'tweet.write',
    run: ({ platform, user, app }, id) => void repost(platform, user, id, app),
    undo: undoRepost,
    data: (retweeted) => ({ retweeted }),
    repeated: 'You cannot retweet a Tweet that you have already retweeted.',
    blocked: notVisible,
  },
  {
    path: 'following',
    member: 'target_user_id',
    scope: 'follows.write',
    run: ({ platform, user }, id) => relations.follow(platform, user, { id }),
    undo: ({ platform, user }, id) => relations.unfollow(platform, user, { id }),
    data: (following) => (following ? { following, pending_follow: false } : { following }),
    blocked: notFollowable,
  },
  {
    path: 'muting',
    member: 'target_user_id',
    scope: 'mute.write',
    run: ({ platform, user }, id) => relations.mute(platform, user, { id }),
    undo: ({ platform, user }, id) => relations.unmute(platform, user, { id }),
    data: (muting) => ({ muting }),
    blocked: '',
  },
  {
    path: 'blocking',
    member: 'target_user_id',
    scope: 'block.write',
    run: ({ platform, user }, id) => relations.block(platform, user, { id }),
    undo: ({ platform, user }, id) => relations.unblock(platform, user, { id }),
    data: (blocking) => ({ blocking }),
    blocked: '',
  },
]

function undoRepost({ platform, user }: UserCall, id: string): void {
  const posts = [...platform.state.posts.values()]
  const own = posts.find(({ userId, reposts, deleted }) => userId === user.id && reposts === id && !deleted)
  if (own) deletePost(platform, user, own.id)
}

/** The routes of v2 for likes, reposts, follows, mutes and blocks. */
export const relationRoutes: readonly UserRoute[] = table.flatMap((relation): UserRoute[] => {
  const { path, member, scope } = relation
  const common = {
    as: 'user',
    accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
    level: 'read-write',
    scopes: ['tweet.read', 'users.read', scope],
    rate: 50,
  } as const
  return [
    { method: 'POST', path: `/2/users/:id/${path}`, ...common, answer: (call) => answerDo(call, relation) },
    {
      method: 'DELETE',
      path: `/2/users/:id/${path}/:${member}`,
      ...common,
      answer: (call) => answer(call, relation, { target: call.param(member), isDone: false }),
    },
  ]
})

function answerDo(call: UserCall, relation: Relation): Response {
  const fields = readFields(call.request.body, [relation.member])
  if (typeof fields === 'string') return invalidRequest(fields)
  return answer(call, relation, { target: fields[relation.member] ?? '', isDone: true })
}

function answer(
  call: UserCall,
  { member, run, undo, data, repeated, blocked }: Relation,
  { target, isDone }: { readonly target: string; readonly isDone: boolean },
): Response {
  const otherUser = refuseOtherUser(call)
  if (otherUser) return otherUser
  const refusal = tryAction(() => (isDone ? run(call, target) : undo(call, target)))
  if (!refusal || refusal.problem === 'not-done') return ok({ data: data(isDone) })
  if (refusal.problem === 'already-done')
    return repeated === undefined ? ok({ data: data(isDone) }) : forbidden(repeated)
  const resource = member === 'tweet_id' ? 'tweet' : 'user'
  return actionRefused(refusal, { resource, parameter: 'id', value: target }, { blocked })
}

import { v2PostPayload } from '../payloads/v2-post.ts'
import { userData } from '../routes/users/user-data.ts'
import type { State } from '../state/state.ts'
import type { PostState, StreamRuleState, UserState } from '../state/tables.ts'
import type { LinkFields } from './link-fields.ts'

/**
 * The body of a delivery of the filtered stream: a post in the form of v2, with the fields of a link, and the rules that
 * it matches.
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export function filteredPost(
  state: State,
  post: PostState,
  { rules, fields }: { rules: readonly StreamRuleState[]; fields: LinkFields },
): object {
  const includes = includesOf(state, post, fields)
  return {
    data: postData(state, post, fields),
    ...(Object.keys(includes).length > 0 && { includes }),
    matching_rules: rules.map(({ id, tag }) => ({ id, ...(tag !== undefined && { tag }) })),
  }
}

const defaultFields = ['id', 'text', 'edit_history_tweet_ids']

/** A post with X's default fields, and those of `tweet.fields` that it has. */
function postData(state: State, post: PostState, fields: LinkFields): object {
  const wanted = [...defaultFields, ...(fields.get('tweet.fields') ?? [])]
  const chosen = Object.entries(v2PostPayload(state, post)).filter(([name]) => wanted.includes(name))
  // Only the X Activity API repeats each number as a text.
  return JSON.parse(
    JSON.stringify(Object.fromEntries(chosen), (name, value) => (/_str$/.test(name) ? undefined : value)),
  )
}

/** The users and posts that the expansions of a link ask for, each once. */
function includesOf(state: State, post: PostState, fields: LinkFields): { users?: object[]; tweets?: object[] } {
  const expansions = fields.get('expansions') ?? []
  const { author_id, in_reply_to_user_id, entities, referenced_tweets = [] } = v2PostPayload(state, post)
  const referenced = referenced_tweets.flatMap(({ id }) => state.posts.get(id) ?? [])
  const userIds: readonly [expansion: string, ids: readonly (string | undefined)[]][] = [
    ['author_id', [author_id]],
    ['in_reply_to_user_id', [in_reply_to_user_id]],
    ['entities.mentions.username', (entities?.mentions ?? []).map(({ id }) => id)],
    ['referenced_tweets.id.author_id', referenced.map(({ userId }) => userId)],
  ]
  const wanted = new Set(userIds.flatMap(([expansion, ids]) => (expansions.includes(expansion) ? ids : [])))
  const users = [...wanted].flatMap((id) => userIncluded(state.users.get(id ?? ''), fields))
  // The author of a referenced post is found through the post, so X includes both.
  const hasPosts = expansions.some((expansion) => expansion.startsWith('referenced_tweets.id'))
  const tweets = hasPosts ? referenced.map((one) => postData(state, one, fields)) : []
  return { ...(users.length > 0 && { users }), ...(tweets.length > 0 && { tweets }) }
}

function userIncluded(user: UserState | undefined, fields: LinkFields): object[] {
  const data = user && userData(user, (fields.get('user.fields') ?? []).join(','))
  return typeof data === 'object' ? [data] : []
}

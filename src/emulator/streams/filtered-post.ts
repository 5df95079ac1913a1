import type { WireV2Post } from '../../events/x-activity/wire/post.ts'
import type { WireV2User } from '../../events/x-activity/wire/user.ts'
import { filteredPostBody, filteredPostData } from '../../payloads/filtered-stream/filtered-post.ts'
import { v2PostPayload } from '../../payloads/x-activity/post.ts'
import { userData } from '../routes/users/user-data.ts'
import { postRecord } from '../state/records.ts'
import type { State } from '../state/state.ts'
import type { PostState, StreamRuleState, UserState } from '../state/tables.ts'
import type { LinkFields } from './link-fields.ts'

/** The body of a delivery of the filtered stream: a post with the fields of a link, and the rules that it matches. */
export function filteredPost(
  state: State,
  post: PostState,
  { rules, fields }: { rules: readonly StreamRuleState[]; fields: LinkFields },
): object {
  return filteredPostBody({ data: postData(state, post, fields), includes: includesOf(state, post, fields), rules })
}

/** A post with X's default fields, and those of `tweet.fields` that it has. */
export function postData(state: State, post: PostState, fields: LinkFields): WireV2Post {
  return filteredPostData(postRecord(state, post), fields.get('tweet.fields') ?? [])
}

/** The users and posts that the expansions ask for, each once. */
export function includesOf(
  state: State,
  post: PostState,
  fields: LinkFields,
): { users?: WireV2User[]; tweets?: WireV2Post[] } {
  const expansions = fields.get('expansions') ?? []
  const { author_id, in_reply_to_user_id, entities, referenced_tweets = [] } = v2PostPayload(postRecord(state, post))
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

function userIncluded(user: UserState | undefined, fields: LinkFields): WireV2User[] {
  const data = user && userData(user, (fields.get('user.fields') ?? []).join(','))
  return typeof data === 'object' ? [data] : []
}

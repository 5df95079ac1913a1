import { wireJson } from '../../payloads/wire-json.ts'
import type { Platform } from '../platform.ts'
import type { State } from '../state/state.ts'
import type { AppState, PostState } from '../state/tables.ts'
import { filteredPost } from './filtered-post.ts'
import type { LinkFields } from './link-fields.ts'
import type { StreamRequest } from './open-streams.ts'
import { matchingRules } from './stream-rules.ts'

/**
 * A connection to the filtered stream of an app. The posts of the past are those that match the rules that the app has
 * now. X documents two connections for enterprise contracts, and one for the others.
 *
 * @see https://docs.x.com/x-api/fundamentals/recovery-and-redundancy
 */
export function filteredStream(
  { state, tier }: Platform,
  app: AppState,
  { window, fields }: Required<Pick<StreamRequest, 'window' | 'fields'>>,
): StreamRequest {
  const past = (from: number, to: number) =>
    [...state.posts.values()]
      .filter(({ createdAt, deleted }) => createdAt >= from && createdAt < to && !deleted)
      .flatMap((post) => {
        const body = filteredBody(state, app, post)?.(fields)
        return body === undefined ? [] : [{ occurredAt: post.createdAt, body }]
      })
  return { stream: 'filtered_stream', maxConnections: tier === 'enterprise' ? 2 : 1, window, fields, past }
}

/**
 * The body of a post that matches rules of an app, by the fields that it has. `undefined` when it matches none. The posts
 * of a protected account match none.
 */
export function filteredBody(
  state: State,
  app: AppState,
  post: PostState,
): ((fields: LinkFields) => string) | undefined {
  if (state.users.get(post.userId)?.protected !== false) return undefined
  const rules = matchingRules(state, app, post)
  return rules.length === 0 ? undefined : (fields) => wireJson(filteredPost(state, post, { rules, fields }))
}

import { authorOf } from '../state/records.ts'
import type { State } from '../state/state.ts'
import type { PostState, UserState } from '../state/tables.ts'

/** The beginning of a reply that X does not display, and the text that it displays. */
export interface ReplyText {
  readonly prefix: string
  readonly rest: string
}

/** How X completes the text of a reply. */
export interface ReplyPrefixOptions {
  /** The ids of the users whose handles are left out. X always keeps that of the author. */
  readonly excluded?: ReadonlySet<string>
  /**
   * Whether X adds the handles that the text does not begin with.
   *
   * @defaultValue true
   */
  readonly isCompleted?: boolean
}

/** A reply that is written. */
interface NewReply extends ReplyPrefixOptions {
  readonly user: UserState
  readonly text: string
  /** The post that is replied to. */
  readonly repliedTo: PostState
}

/**
 * X puts handles in front of a reply: that of the author of the post, and those of the users whom the post mentions. A
 * handle that the text begins with is not repeated. The own handle of the user is left out.
 *
 * @see https://github.com/zammad/zammad/tree/develop/test/data/twitter/webhook_events
 */
export function splitReplyPrefix(state: State, reply: NewReply): ReplyText {
  const missing = new Map(replyHandles(state, reply).map((handle) => [handle.toLowerCase(), handle]))
  let shownFrom = 0
  const written = /@(\w{1,15})\s+/y
  for (let found = written.exec(reply.text); found; found = written.exec(reply.text)) {
    if (!missing.delete(found[1]?.toLowerCase() ?? '')) break
    shownFrom = written.lastIndex
  }
  const added = reply.isCompleted === false ? '' : [...missing.values()].map((handle) => `@${handle} `).join('')
  return { prefix: reply.text.slice(0, shownFrom) + added, rest: reply.text.slice(shownFrom) }
}

function replyHandles(state: State, { user, repliedTo, excluded = new Set() }: NewReply): string[] {
  const mentioned = repliedTo.entities.user_mentions.map(({ id_str }) => id_str).filter((id) => !excluded.has(id))
  const ids = new Set([authorOf(state, repliedTo).id, ...mentioned])
  return [...ids].flatMap((id) => (id === user.id ? [] : (state.users.get(id)?.screenName ?? [])))
}

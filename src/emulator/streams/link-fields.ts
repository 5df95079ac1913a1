import { userData } from '../routes/users/user-data.ts'
import type { UserState } from '../state/tables.ts'

/** The parameters of a link, with the names in each. */
export type LinkFields = ReadonlyMap<string, readonly string[]>

const postFields = [
  'article',
  'attachments',
  'author_id',
  'card_uri',
  'community_id',
  'context_annotations',
  'conversation_id',
  'created_at',
  'display_text_range',
  'edit_controls',
  'edit_history_tweet_ids',
  'entities',
  'geo',
  'id',
  'in_reply_to_user_id',
  'lang',
  'media_metadata',
  'non_public_metrics',
  'note_tweet',
  'organic_metrics',
  'possibly_sensitive',
  'promoted_metrics',
  'public_metrics',
  'referenced_tweets',
  'reply_settings',
  'scopes',
  'source',
  'suggested_source_links',
  'text',
  'withheld',
]

const expansions = [
  'article.cover_media',
  'article.media_entities',
  'attachments.media_keys',
  'attachments.media_source_tweet',
  'attachments.poll_ids',
  'author_id',
  'edit_history_tweet_ids',
  'entities.mentions.username',
  'entities.note.mentions.username',
  'geo.place_id',
  'in_reply_to_user_id',
  'referenced_tweets.id',
  'referenced_tweets.id.attachments.media_keys',
  'referenced_tweets.id.author_id',
]

/** The names that each parameter may have. The emulator does not check those of objects that it does not have. */
const known: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['tweet.fields', postFields],
  ['expansions', expansions],
  ['user.fields', undefined],
  ['media.fields', undefined],
  ['poll.fields', undefined],
  ['place.fields', undefined],
])

/**
 * The fields of a query, in the form in which X lists them: `user.fields=name,id` as `user.fields=name` and `id`. Returns
 * the problem with the query in one sentence when X does not know a parameter or a name.
 *
 * @param user - Any user: what its fields are is known there.
 */
export function listFields(
  query: URLSearchParams,
  user: UserState | undefined,
): string[] | { readonly problem: string } {
  for (const [parameter, value] of query) {
    if (!known.has(parameter)) {
      return { problem: `The query parameter [${parameter}] is not one of [${[...known.keys()].join(',')}]` }
    }
    const names = known.get(parameter)
    const unknown = names && value.split(',').find((name) => !names.includes(name))
    if (names && unknown !== undefined) {
      return { problem: `The \`${parameter}\` query parameter value [${unknown}] is not one of [${names.join(',')}]` }
    }
    const checked = parameter === 'user.fields' && user ? userData(user, value) : undefined
    if (typeof checked === 'string') return { problem: checked }
  }
  return [...query].flatMap(([name, value]) => `${name}=${value}`.split(','))
}

/** Reads fields in the form in which X lists them. An entry without a parameter belongs to the one before it. */
export function readLinkFields(fields: readonly string[]): LinkFields {
  const read = new Map<string, string[]>()
  let names: string[] = []
  for (const field of fields) {
    const [parameter, name = ''] = field.includes('=') ? field.split('=', 2) : [undefined, field]
    if (parameter !== undefined) {
      names = read.get(parameter) ?? []
      read.set(parameter, names)
    }
    names.push(name)
  }
  return read
}

import { filteredPostBody, filteredPostData, withoutTexts } from '../../payloads/filtered-stream/filtered-post.ts'
import type { PostRecord } from '../../payloads/post-record.ts'
import { v2MediaPayload } from '../../payloads/x-activity/post.ts'
import { v2UserPayload } from '../../payloads/x-activity/user.ts'
import type { Cast } from './cast.ts'
import type { DeliveryBody } from './delivery-bodies.ts'
import { outgoingPosts } from './posts.ts'
import type { BuildersOf } from './variants.ts'

/** The bodies of posts that match rules of a filtered stream. */
export const filteredPostBuilders: BuildersOf<'filtered_post'> = {
  filtered_post: {
    post: (cast) => filteredPost(cast, outgoingPosts.post(cast)),
    reply: (cast) => filteredPost(cast, outgoingPosts.reply(cast)),
    quote: (cast) => filteredPost(cast, outgoingPosts.quote(cast)),
    repost: (cast) => filteredPost(cast, outgoingPosts.repost(cast)),
    media: (cast) => filteredPost(cast, outgoingPosts.media(cast)),
    video: (cast) => filteredPost(cast, outgoingPosts.video(cast)),
    long_text: (cast) => filteredPost(cast, outgoingPosts.long_text(cast)),
  },
}

/** The fields that the link of the webhook asks for, beside X's default ones. */
const fields = [
  'attachments',
  'author_id',
  'conversation_id',
  'created_at',
  'entities',
  'in_reply_to_user_id',
  'lang',
  'note_tweet',
  'public_metrics',
  'referenced_tweets',
]

function filteredPost(cast: Cast, post: PostRecord): DeliveryBody<'filtered_post'> {
  const referenced = [post.reposts, post.quotes?.post].flatMap((one) => one ?? [])
  const authors = [post, ...referenced].map(({ author }) => author)
  const tweets = referenced.map((one) => filteredPostData(one, fields))
  const media = (post.media ?? []).map(v2MediaPayload)
  const { data, includes, matching_rules } = filteredPostBody({
    data: filteredPostData(post, fields),
    includes: {
      users: [...new Set(authors)].map((user) => withoutTexts(v2UserPayload(user))),
      ...(tweets.length > 0 && { tweets }),
      ...(media.length > 0 && { media }),
    },
    rules: [{ id: cast.nextId(), tag: 'bread' }],
  })
  const [rule = { id: '' }, ...rules] = matching_rules
  return { data, ...(includes && { includes }), matching_rules: [rule, ...rules] }
}

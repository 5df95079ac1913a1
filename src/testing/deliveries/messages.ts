import { attachedMediaPayload } from '../../payloads/account-activity/media.ts'
import type { MessageRecord } from '../../payloads/account-activity/message.ts'
import { codePointLength, composeText } from '../../payloads/text.ts'
import type { Cast } from './cast.ts'
import { createMedia, textContext } from './posts.ts'

type Extras = NonNullable<MessageRecord['extras']>

/** A direct message to the account. */
export function incomingMessage(cast: Cast, text: string, extras?: Extras): MessageRecord {
  return message(cast, { sender: cast.other, recipient: cast.account, text, ...(extras && { extras }) })
}

/** A direct message by the account. */
export function outgoingMessage(cast: Cast, text: string, extras?: Extras): MessageRecord {
  return message(cast, { sender: cast.account, recipient: cast.other, text, ...(extras && { extras }) })
}

type NewMessage = Pick<MessageRecord, 'sender' | 'recipient' | 'extras'> & { readonly text: string }

function message(cast: Cast, { text, ...rest }: NewMessage): MessageRecord {
  return { id: cast.nextId(), at: cast.now, ...composeText(text, textContext(cast)), ...rest }
}

/** Messages to the account. */
export const incomingMessages = {
  text: (cast) => incomingMessage(cast, 'Hello! Can I order a cake for Saturday?'),
  media: (cast) => withMedia(cast, incomingMessage(cast, 'Like this one'), 'photo'),
  gif: (cast) => withMedia(cast, incomingMessage(cast, ''), 'animated_gif'),
  location: (cast) =>
    withLink(cast, incomingMessage(cast, '', { attachment: { type: 'location', location: sharedPoint } })),
  quick_reply_response: (cast) =>
    incomingMessage(cast, 'Rye', { quick_reply_response: { type: 'options', metadata: 'bread:rye' } }),
} as const satisfies Readonly<Record<string, (cast: Cast) => MessageRecord>>

/** Messages by the account. */
export const outgoingMessages = {
  text: (cast) => outgoingMessage(cast, 'Gladly! Until when do you need it?'),
  media: (cast) => withMedia(cast, outgoingMessage(cast, 'Here it is'), 'photo'),
  quick_reply: (cast) =>
    outgoingMessage(cast, 'Which bread would you like?', {
      quick_reply: {
        type: 'options',
        options: [
          { label: 'Rye', description: 'Dark and dense', metadata: 'bread:rye' },
          { label: 'Sourdough', description: 'Light and crisp', metadata: 'bread:sourdough' },
        ],
      },
    }),
  buttons: (cast) =>
    outgoingMessage(cast, 'Our cakes are all here:', {
      ctas: [
        {
          type: 'web_url',
          label: 'See the cakes',
          url: 'https://linden-bakery.example/cakes',
          tco_url: textContext(cast).newShortUrl(),
        },
      ],
    }),
} as const satisfies Readonly<Record<string, (cast: Cast) => MessageRecord>>

const sharedPoint = {
  type: 'shared_coordinate',
  shared_coordinate: { coordinates: { type: 'Point', coordinates: [15.4395, 47.0707] } },
} as const

/** A message with a photo or a GIF. Its link is the end of the text. */
function withMedia(cast: Cast, written: MessageRecord, type: 'photo' | 'animated_gif'): MessageRecord {
  const start = codePointLength(written.text) + 1
  const pageUrl = `https://x.com/messages/media/${written.id}`
  const folder = type === 'photo' ? 'dm' : 'dm_gif_preview'
  const imageUrl = `pbs.twimg.com/${folder}/${written.id}/${cast.base64(18).replace(/\W/g, '')}.jpg`
  const media = createMedia(cast, type, { start, pageUrl, imageUrl })
  const urls = [
    {
      url: media.url,
      expanded_url: pageUrl,
      display_url: media.url.replace('https://t.co/', 'pic.x.com/'),
      indices: media.indices,
    },
  ]
  return {
    ...written,
    text: `${written.text} ${media.url}`,
    entities: { ...written.entities, urls },
    extras: { attachment: { type: 'media', media: attachedMediaPayload(media) } },
  }
}

/** A message with a place. Its text is the link to it. */
function withLink(cast: Cast, written: MessageRecord): MessageRecord {
  return { ...written, ...composeText('https://x.com/i/location', textContext(cast)) }
}

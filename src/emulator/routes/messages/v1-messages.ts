import { appsOf, sentMessagePayload } from '../../../payloads/account-activity/message.ts'
import { codePointLength } from '../../../payloads/text.ts'
import { ActionError, tryAction } from '../../actions/action-error.ts'
import { createMessage, indicateTyping, markRead, maxTextLength } from '../../actions/messages.ts'
import { readParameter } from '../../api/api-request.ts'
import { json } from '../../api/problems.ts'
import type { UserRoute } from '../../api/route.ts'
import { noContent, v1Error } from '../../api/v1-problems.ts'
import { parseJson } from '../v2/read-fields.ts'

const common = {
  as: 'user',
  accepts: ['OAuth 1.0a User Context'],
  level: 'read-write-directmessages',
  refusals: {
    permission: () =>
      v1Error(403, { code: 93, message: 'This application is not allowed to access or delete your direct messages.' }),
  },
} as const

/** @see https://developer.x.com/en/docs/twitter-api/v1/direct-messages/sending-and-receiving/api-reference/new-event */
const sendEvent: UserRoute = {
  method: 'POST',
  path: '/1.1/direct_messages/events/new.json',
  ...common,
  answer({ platform, request, user, app }) {
    const wanted = readEvent(request.body)
    if (wanted instanceof Response) return wanted
    const sent = tryAction(() => createMessage(platform, user, { id: wanted.recipientId }, { text: wanted.text, app }))
    if (!(sent instanceof ActionError)) return json(200, { event: sentMessagePayload(sent), apps: appsOf(sent) })
    return sent.problem === 'not-found' ? noSuchUser() : cannotWrite()
  },
}

/** @see https://developer.x.com/en/docs/twitter-api/v1/direct-messages/typing-indicator-and-read-receipts/api-reference/new-typing-indicator */
const indicateTypingRoute: UserRoute = {
  method: 'POST',
  path: '/1.1/direct_messages/indicate_typing.json',
  ...common,
  answer({ platform, request, user }) {
    const id = readParameter(request, 'recipient_id') ?? ''
    const refusal = tryAction(() => indicateTyping(platform, user, { id }))
    if (!refusal) return noContent()
    return refusal.problem === 'not-found' ? noSuchUser() : cannotWrite()
  },
}

/** @see https://developer.x.com/en/docs/twitter-api/v1/direct-messages/typing-indicator-and-read-receipts/api-reference/new-read-receipt */
const markReadRoute: UserRoute = {
  method: 'POST',
  path: '/1.1/direct_messages/mark_read.json',
  ...common,
  answer({ platform, request, user }) {
    const id = readParameter(request, 'last_read_event_id') ?? ''
    const refusal = tryAction(() => markRead(platform, user, id))
    return refusal ? v1Error(404, { code: 34, message: 'Sorry, that page does not exist.' }) : noContent()
  },
}

/** The routes of version 1.1 for direct messages. */
export const v1MessageRoutes: readonly UserRoute[] = [sendEvent, indicateTypingRoute, markReadRoute]

function readEvent(body: string): { readonly recipientId: string; readonly text: string } | Response {
  const read = (...path: string[]) =>
    path.reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
      parseJson(body),
    )
  const recipientId = read('event', 'message_create', 'target', 'recipient_id')
  const text = read('event', 'message_create', 'message_data', 'text')
  if (read('event', 'message_create', 'message_data', 'attachment') !== undefined) {
    return v1Error(400, { code: 324, message: 'The validation of media ids failed.' })
  }
  if (read('event', 'type') !== 'message_create') return missing('event.type')
  if (typeof recipientId !== 'string' && typeof recipientId !== 'number') {
    return missing('event.message_create.target.recipient_id')
  }
  if (typeof text !== 'string' || text === '') return missing('event.message_create.message_data.text')
  if (codePointLength(text) > maxTextLength) {
    return v1Error(403, { code: 354, message: 'The text of your direct message is over the max character limit.' })
  }
  return { recipientId: String(recipientId), text }
}

function missing(member: string): Response {
  return v1Error(400, { code: 214, message: `${member}: is required.` })
}

function noSuchUser(): Response {
  return v1Error(404, { code: 108, message: 'Cannot find specified user.' })
}

function cannotWrite(): Response {
  return v1Error(403, { code: 349, message: 'You cannot send messages to this user.' })
}

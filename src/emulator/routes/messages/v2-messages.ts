import { codePointLength } from '../../../payloads/text.ts'
import { ActionError, tryAction } from '../../actions/action-error.ts'
import { createMessage, maxTextLength } from '../../actions/messages.ts'
import { created, forbidden, invalidRequest } from '../../api/problems.ts'
import type { UserCall, UserRoute } from '../../api/route.ts'
import { parseJson } from '../v2/read-fields.ts'
import { targetNotFound } from '../v2-answers.ts'

const common = {
  as: 'user',
  accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
  level: 'read-write-directmessages',
  scopes: ['dm.write', 'tweet.read', 'users.read'],
  rate: 15,
} as const

/** @see https://docs.x.com/x-api/direct-messages/create-dm-message-by-participant-id */
const sendToParticipant: UserRoute = {
  method: 'POST',
  path: '/2/dm_conversations/with/:participant_id/messages',
  ...common,
  answer: (call) => answerSend(call, call.param('participant_id')),
}

/**
 * The id of a conversation of two users is made of their ids, the smaller one first.
 *
 * @see https://docs.x.com/x-api/direct-messages/create-dm-message-by-conversation-id
 */
const sendToConversation: UserRoute = {
  method: 'POST',
  path: '/2/dm_conversations/:dm_conversation_id/messages',
  ...common,
  answer(call) {
    const id = call.param('dm_conversation_id')
    const other = id.split('-').find((one) => one !== call.user.id) ?? ''
    if (id !== conversationId(call.user.id, other)) return forbidden(notParticipant)
    return answerSend(call, other)
  },
}

/**
 * X creates a group conversation here. The emulator has none: the Account Activity API does not deliver their messages.
 *
 * @see https://docs.x.com/x-api/direct-messages/create-dm-conversation
 */
const createGroup: UserRoute = {
  method: 'POST',
  path: '/2/dm_conversations',
  ...common,
  answer: () => forbidden('The emulator has no group conversations.'),
}

/** The routes of v2 that send messages. */
export const v2MessageRoutes: readonly UserRoute[] = [sendToParticipant, createGroup, sendToConversation]

const notParticipant = 'You do not have permission to send a message to this conversation.'

function answerSend(call: UserCall, recipientId: string): Response {
  const text = readText(call.request.body)
  if (typeof text !== 'string') return invalidRequest(text.problem)
  const { platform, user, app } = call
  const sent = tryAction(() => createMessage(platform, user, { id: recipientId }, { text, app }))
  if (sent instanceof ActionError) {
    if (sent.problem !== 'not-found') return forbidden('You cannot send messages to this user.')
    return targetNotFound({ resource: 'user', parameter: 'id', value: recipientId })
  }
  return created({ data: { dm_conversation_id: conversationId(user.id, recipientId), dm_event_id: sent.id } })
}

function readText(body: string): string | { readonly problem: string } {
  const value = parseJson(body)
  if (typeof value !== 'object' || value === null) return { problem: 'The body must be a JSON object' }
  const { text, attachments } = value as Record<string, unknown>
  if (attachments !== undefined) return { problem: 'Your media IDs are invalid.' }
  if (typeof text !== 'string' || text === '') return { problem: '$.text: is missing but it is required' }
  if (codePointLength(text) > maxTextLength)
    return { problem: `$.text: must not be longer than ${maxTextLength} characters` }
  return text
}

function conversationId(one: string, other: string): string {
  return [one, other].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).join('-')
}

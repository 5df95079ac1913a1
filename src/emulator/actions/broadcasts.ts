import { assertObject, assertText } from '../../internal/assert.ts'
import { broadcastChatPayload, broadcastPayload, spacePayload } from '../../payloads/x-activity/broadcast.ts'
import { publishActivity } from '../delivery/publish-activity.ts'
import { assertKeys } from '../options/assert-options.ts'
import type { Platform } from '../platform.ts'
import { broadcastRecord, userProfile } from '../state/records.ts'
import type { BroadcastState, UserState } from '../state/tables.ts'
import { assertNotBlocked, findUser } from './references.ts'

/** A Space of the emulator. */
export interface EmulatedSpace {
  /** The id of the Space: 13 letters and digits. */
  readonly id: string
}

/** A live video of the emulator. */
export interface EmulatedBroadcast {
  /** The id of the broadcast: 13 letters and digits. */
  readonly id: string
  /** The title. */
  readonly title: string
}

/** A reference to a Space: its id, or what `startSpace()` returned. */
export type SpaceRef = string | Pick<EmulatedSpace, 'id'>

/** A reference to a live video: its id, or what `startBroadcast()` returned. */
export type BroadcastRef = string | Pick<EmulatedBroadcast, 'id'>

/** The content of a live video. */
export interface BroadcastContent {
  /** The title. */
  readonly title: string
}

/** Starts a Space. */
export function startSpace(platform: Platform, host: UserState): EmulatedSpace {
  const space = storeBroadcast(platform, { kind: 'space', host, title: '' })
  publishBroadcast(platform, space, host)
  return { id: space.id }
}

/** Starts a live video. */
export function startBroadcast(platform: Platform, host: UserState, content: BroadcastContent): EmulatedBroadcast {
  assertKeys(content, ['title'], 'broadcast')
  const { title } = content
  assertText(title, 'title')
  const broadcast = storeBroadcast(platform, { kind: 'broadcast', host, title })
  publishBroadcast(platform, broadcast, host)
  return { id: broadcast.id, title }
}

/** Ends a Space or a live video of the user. */
export function endBroadcast(
  platform: Platform,
  host: UserState,
  { kind, ref }: { readonly kind: BroadcastState['kind']; readonly ref: SpaceRef | BroadcastRef },
): void {
  const broadcast = findRunning(platform, kind, ref)
  if (broadcast.userId !== host.id) throw new RangeError(`The ${kind} was not started by @${host.screenName}.`)
  broadcast.endedAt = platform.clock.now()
  publishBroadcast(platform, broadcast, host)
}

/** Writes a chat message in a live video. X sends the event for its owner. */
export function chatInBroadcast(platform: Platform, author: UserState, ref: BroadcastRef, text: string): void {
  const broadcast = findRunning(platform, 'broadcast', ref)
  const owner = findUser(platform.state, { id: broadcast.userId })
  assertNotBlocked(author, owner)
  assertText(text, 'text')
  publishActivity(platform, {
    eventType: 'broadcast.chat',
    targets: [{ userId: owner.id }],
    payload: () =>
      broadcastChatPayload({
        broadcastId: broadcast.id,
        messageId: platform.nextId(),
        text,
        author: userProfile(author),
      }),
  })
}

function storeBroadcast(
  { state, random, clock }: Platform,
  { kind, host, title }: { readonly kind: BroadcastState['kind']; readonly host: UserState; readonly title: string },
): BroadcastState {
  const id = `1${random.alphanumeric(`broadcast ${state.broadcasts.size}`, 12)}`
  const broadcast: BroadcastState = { id, kind, userId: host.id, title, createdAt: clock.now() }
  state.broadcasts.set(id, broadcast)
  return broadcast
}

function publishBroadcast(platform: Platform, broadcast: BroadcastState, host: UserState): void {
  const group = broadcast.kind === 'space' ? 'spaces' : 'broadcast'
  const payloadOf = broadcast.kind === 'space' ? spacePayload : broadcastPayload
  publishActivity(platform, {
    eventType: `${group}.${broadcast.endedAt === undefined ? 'start' : 'end'}`,
    targets: [{ userId: host.id }],
    payload: () => payloadOf(broadcastRecord(broadcast, host)),
  })
}

function findRunning({ state }: Platform, kind: BroadcastState['kind'], ref: SpaceRef | BroadcastRef): BroadcastState {
  if (typeof ref !== 'string') assertObject(ref, kind)
  const broadcast = state.broadcasts.get(typeof ref === 'string' ? ref : ref.id)
  if (broadcast?.kind !== kind) throw new RangeError(`"${kind}" must be a ${kind} of this emulator`)
  if (broadcast.endedAt !== undefined) throw new RangeError(`The ${kind} has ended.`)
  return broadcast
}

/**
 * X on your own machine: an emulator of the Account Activity API that runs in any runtime.
 *
 * @module
 */
export type { Draft } from '../emulator/acts/post.ts'
export type { MessageRef, PostRef, UserRef } from '../emulator/acts/references.ts'
export type { AppRef, EmulatedApp } from '../emulator/apps.ts'
export { createEmulator, type Emulator, type EmulatorOptions } from '../emulator/create-emulator.ts'
export type { Delivery, DeliveryKind, Send } from '../emulator/outbox.ts'
export type { MessagePayload } from '../emulator/payloads/message.ts'
export type { PostPayload } from '../emulator/payloads/post.ts'
export type { UserTokens } from '../emulator/state.ts'
export type { Limits, Tier } from '../emulator/tiers.ts'
export type { EmulatedUser } from '../emulator/user.ts'
export type { NewUser } from '../emulator/users.ts'
export type { Duration } from '../emulator/virtual-clock.ts'

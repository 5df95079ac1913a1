import { expect } from 'vitest'
import type { EmulatedUser } from 'x-account-activity/emulator'
import { EmulatorHarness } from './emulator-harness.ts'

/** Two subscribed users, and two posts of the first one. */
export interface Cast {
  readonly harness: EmulatorHarness
  readonly alice: EmulatedUser
  readonly bob: EmulatedUser
  /** The id of a post of alice. */
  readonly post: string
  /** The id of a deleted post of alice. */
  readonly deletedPost: string
}

/** An action of a user, as a function of the cast. */
export type Action = (cast: Cast) => Promise<unknown>

export async function createCast(): Promise<Cast> {
  const harness = new EmulatorHarness()
  const [alice, bob] = await harness.subscribed('alice', 'bob')
  const post = (await alice.post('Hello')).id_str
  const deletedPost = (await alice.post('Oops')).id_str
  await alice.deletePost(deletedPost)
  await harness.flush()
  return { harness, alice, bob, post, deletedPost }
}

/** Asserts that an action is refused, and that no event is sent. */
export async function expectRefusal(action: Action, kind: typeof TypeError | typeof RangeError, message: string) {
  const cast = await createCast()
  const error: unknown = await action(cast).catch((reason) => reason)
  expect(error).toBeInstanceOf(kind)
  expect((error as Error).message).toBe(message)
  expect(await cast.harness.flush()).toEqual([])
}

/** Asserts that an action is refused the second time, and that the second time sends no event. */
export async function expectSecondTimeRefused(action: Action, message: string) {
  const cast = await createCast()
  await action(cast)
  await cast.harness.flush()
  await expect(action(cast)).rejects.toThrow(new RangeError(message))
  expect(await cast.harness.flush()).toEqual([])
}

/** Asserts that bob cannot do something to alice while she blocks him. */
export async function expectBlocked(action: Action) {
  const cast = await createCast()
  await cast.alice.block(cast.bob)
  await cast.harness.flush()
  await expect(action(cast)).rejects.toThrow(new RangeError('@alice has blocked @bob.'))
  expect(await cast.harness.flush()).toEqual([])
  await cast.alice.unblock(cast.bob)
  await action(cast)
}

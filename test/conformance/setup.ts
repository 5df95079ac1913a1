import { createEmulator, type EmulatedUser, type Emulator, type EmulatorOptions } from './emulator.ts'
import { handleRequestsToX } from './network.ts'

/** A new emulator for each scenario, with two users. */
export interface Setup {
  readonly x: Emulator
  readonly alice: EmulatedUser
  readonly bob: EmulatedUser
}

export function createSetup(options: EmulatorOptions = {}): Setup {
  // Strict: as in production, a webhook URL must be https and must not have a port.
  const x = createEmulator({ strict: true, ...options })
  handleRequestsToX((request) => x.fetch(request))
  return { x, alice: x.addUser({ screenName: 'alice' }), bob: x.addUser({ screenName: 'bob' }) }
}

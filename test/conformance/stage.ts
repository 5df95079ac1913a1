import { createEmulator, type EmulatedUser, type Emulator, type EmulatorOptions } from './emulator.ts'
import { standInForX } from './network.ts'

/** A platform of its own for each scenario, and the people on it. */
export interface Stage {
  readonly x: Emulator
  readonly alice: EmulatedUser
  readonly bob: EmulatedUser
}

export function openStage(options: EmulatorOptions = {}): Stage {
  // Webhook URLs have to be what they are in production: https, and without a port.
  const x = createEmulator({ strict: true, ...options })
  standInForX((request) => x.fetch(request))
  return { x, alice: x.addUser({ screenName: 'alice' }), bob: x.addUser({ screenName: 'bob' }) }
}

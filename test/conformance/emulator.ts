/** The emulator as it is built. Clients live in a package of their own here, which hides its neighbour's name. */
import type * as Door from '../../src/entries/emulator.ts'
import type * as NodeDoor from '../../src/entries/emulator-node.ts'

export type { EmulatedApp, EmulatedUser, Emulator, EmulatorOptions } from '../../src/entries/emulator.ts'

const built = (door: string) => import(new URL(`../../dist/entries/${door}.js`, import.meta.url).href)

export const { createEmulator } = (await built('emulator')) as typeof Door
export const { serveEmulator } = (await built('emulator-node')) as typeof NodeDoor

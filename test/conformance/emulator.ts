/** The built emulator. This folder is a package of its own, so the name of the main package cannot be imported here. */
import type * as Entry from '../../src/entries/emulator.ts'
import type * as NodeEntry from '../../src/entries/emulator-node.ts'

export type { EmulatedApp, EmulatedUser, Emulator, EmulatorOptions } from '../../src/entries/emulator.ts'

const built = (entry: string) => import(new URL(`../../dist/node/${entry}.js`, import.meta.url).href)

export const { createEmulator } = (await built('emulator')) as typeof Entry
export const { serveEmulator } = (await built('emulator-node')) as typeof NodeEntry

/**
 * The emulator on a socket of Node.js, and its state in files.
 *
 * @module
 */
export { type EmulatorServer, type ServeEmulatorOptions, serveEmulator } from '../emulator/serve-emulator.node.ts'
export { loadState, saveState } from '../emulator/state-files.node.ts'

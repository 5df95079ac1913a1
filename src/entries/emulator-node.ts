/**
 * The emulator on a socket of Node.js.
 *
 * @module
 */
export { type EmulatorServer, type ServeEmulatorOptions, serveEmulator } from '../emulator/serve-emulator.node.ts'

/**
 * A recovery store in a file, for Node.js.
 *
 * @module
 */
export { createFileRecoveryStore } from '../stores/recovery/file-recovery-store.node.ts'

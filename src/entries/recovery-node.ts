/**
 * A recovery store in a JSON file, for Node.js.
 *
 * @module
 */
export { createFileRecoveryStore, type FileRecoveryStoreOptions } from '../stores/recovery/file-recovery-store.node.ts'

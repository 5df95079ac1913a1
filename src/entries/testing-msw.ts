/**
 * Handlers for msw that let an emulator answer requests to X, for your own tests.
 *
 * @module
 */
export {
  type AccountActivityHandlersOptions,
  accountActivityHandlers,
  type Platform,
} from '../testing/account-activity-handlers.ts'

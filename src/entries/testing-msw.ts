/**
 * X in your own tests: handlers for msw, behind which an emulator answers.
 *
 * @module
 */
export {
  type AccountActivityHandlersOptions,
  accountActivityHandlers,
  type Platform,
} from '../testing/account-activity-handlers.ts'

import { nextAction } from '../state/next-action.ts'
import { removeExpired } from '../state/outcomes.ts'
import { awaitWebhook } from './await-webhook.ts'
import { recordKnownJobEnd, replayPiece } from './replay-piece.ts'
import { applyUpdate, type RunContext, waitUntil } from './run-context.ts'

/**
 * Recovers everything that there is to recover: one replay job at a time, oldest first.
 *
 * @param options - `probe`: whether to ask X for a CRC first, even if X lists the webhook as valid.
 * @throws ApiError when X refuses for good, and the reason of the signal when it aborts.
 */
export async function runPass(context: RunContext, options?: { readonly probe: boolean }): Promise<void> {
  const { persisted, settings, reporter, signal } = context
  await awaitWebhook(context, options)
  await recordKnownJobEnd(context)
  for (;;) {
    signal.throwIfAborted()
    const action = nextAction(persisted.current(), settings.now(), settings.rules)
    switch (action.type) {
      case 'finish':
        return reporter.reportDone()
      case 'expire':
        await applyUpdate(context, 'too_old', (state) => removeExpired(state, action.before))
        break
      case 'wait':
        await waitUntil(context, 'too_recent', action.until)
        break
      case 'replay':
        await replayPiece(context, action.piece)
        break
      default:
        action satisfies never
    }
  }
}

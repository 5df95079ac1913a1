import { nextAction } from '../state/next-action.ts'
import { expire } from '../state/outcomes.ts'
import { awaitWebhook } from './await-webhook.ts'
import { replayPiece } from './replay-piece.ts'
import { book, type RunContext, waitUntil } from './run-context.ts'

/**
 * Recovers what there is to recover: one job at a time, oldest first, until nothing is left.
 *
 * @throws ApiError when X refuses for good, and the reason of the signal when it fires.
 */
export async function runPass(work: RunContext, options?: { readonly probe: boolean }): Promise<void> {
  const { ledger, settings, journal, signal } = work
  await awaitWebhook(work, options)
  for (;;) {
    signal.throwIfAborted()
    const move = nextAction(ledger.current(), settings.now(), settings.rules)
    switch (move.type) {
      case 'finish':
        return journal.finish()
      case 'expire':
        await book(work, 'too_old', (state) => expire(state, move.before))
        break
      case 'wait':
        await waitUntil(work, 'too_recent', move.until)
        break
      case 'replay':
        await replayPiece(work, move.piece)
        break
      default:
        move satisfies never
    }
  }
}

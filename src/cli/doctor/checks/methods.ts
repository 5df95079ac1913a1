import { type CheckResult, fail, pass } from '../finding.ts'
import type { WebhookProbe } from '../webhook-probe.ts'

/** Monitors and proxies send HEAD and OPTIONS: a server must answer them without an error of its own. */
export async function checkMethod({ sendMethod }: WebhookProbe, method: 'HEAD' | 'OPTIONS'): Promise<CheckResult> {
  const outcome = await sendMethod(method)
  const fix = `Answer ${method} with HTTP 405 when the route does not support it.`
  if (outcome.kind !== 'answer') return fail(outcome.what, fix)
  // 501 means that the server does not know the method, which is right.
  if (outcome.status < 500 || outcome.status === 501) return pass(`HTTP ${outcome.status}`)
  return fail(`HTTP ${outcome.status}`, fix)
}

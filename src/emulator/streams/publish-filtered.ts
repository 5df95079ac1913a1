import { sendEvent } from '../delivery/publish.ts'
import { wireJson } from '../payloads/wire-json.ts'
import type { Platform } from '../platform.ts'
import type { PostState, StreamRuleState } from '../state/tables.ts'
import { filteredPost } from './filtered-post.ts'
import { readLinkFields } from './link-fields.ts'
import { matchingRules } from './stream-rules.ts'

/**
 * Sends a post to every webhook that is linked to the filtered stream of its app, when the post matches rules of the app:
 * one delivery for each webhook, with all rules. The posts of a protected account are never sent.
 */
export function publishFiltered(platform: Platform, post: PostState): void {
  const { state } = platform
  const linked = [...state.webhooks.values()].filter(({ valid, streamLink }) => valid && streamLink !== undefined)
  if (linked.length === 0 || state.users.get(post.userId)?.protected !== false) return
  const rulesByApp = new Map<string, readonly StreamRuleState[]>()
  for (const webhook of linked) {
    const app = state.apps.get(webhook.appId)
    if (app === undefined) continue
    const rules = rulesByApp.get(app.id) ?? matchingRules(state, app, post)
    rulesByApp.set(app.id, rules)
    if (rules.length === 0) continue
    const fields = readLinkFields(webhook.streamLink?.fields ?? [])
    sendEvent(platform, webhook, {
      api: 'filtered_stream',
      body: wireJson(filteredPost(state, post, { rules, fields })),
    })
  }
}

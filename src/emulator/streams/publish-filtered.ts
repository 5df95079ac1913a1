import { sendEvent } from '../delivery/publish.ts'
import type { Platform } from '../platform.ts'
import type { PostState } from '../state/tables.ts'
import { filteredBody } from './filtered-stream.ts'
import { readLinkFields } from './link-fields.ts'

/**
 * Sends a post to the open filtered streams of every app whose rules it matches, and to every webhook that is linked to
 * the filtered stream of such an app: once for each, with all rules. The posts of a protected account are never sent.
 */
export function publishFiltered(platform: Platform, post: PostState): void {
  const { state, streams } = platform
  const linked = [...state.webhooks.values()].filter(({ valid, streamLink }) => valid && streamLink !== undefined)
  const appIds = new Set([...streams.appsWithFilteredStream, ...linked.map(({ appId }) => appId)])
  const apps = [...appIds].flatMap((id) => state.apps.get(id) ?? [])
  const bodies = new Map(apps.map((app) => [app.id, filteredBody(state, app, post)]))
  for (const [appId, bodyWith] of bodies) if (bodyWith) streams.deliverPost(appId, post.createdAt, bodyWith)
  for (const webhook of linked) {
    const body = bodies.get(webhook.appId)?.(readLinkFields(webhook.streamLink?.fields ?? []))
    if (body !== undefined) sendEvent(platform, webhook, { api: 'filtered_stream', body })
  }
}

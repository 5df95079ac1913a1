import type { CliContext } from '../cli-context.ts'

/** Proposes the event types of the X Activity API that an app can subscribe to. */
export async function proposeEventTypes(this: CliContext, partial: string): Promise<readonly string[]> {
  const { xActivityEventTypes } = await import('../../entries/events.ts')
  return xActivityEventTypes.filter((type) => type.startsWith(partial))
}

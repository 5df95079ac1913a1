import { assertText } from '../internal/assert.ts'
import { parseHttpUrl } from '../internal/http-url.ts'

/** Checks a URL to register. Whether it is https and public is for X to say: an emulator takes less. */
export function assertWebhookUrl(url: unknown): asserts url is string {
  assertText(url, 'url')
  if (url.length > 200) throw new RangeError(`"url" must have at most 200 characters, got ${url.length}`)
  parseHttpUrl(url, 'url')
}

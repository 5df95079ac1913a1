import { expect, it } from 'vitest'
import { listFields, readLinkFields } from '../../../../src/emulator/streams/link-fields.ts'

it('reads the fields that it lists', () => {
  const listed = listFields(
    new URLSearchParams('tweet.fields=lang,entities&expansions=author_id&media.fields=url'),
    undefined,
  )
  // The form of https://docs.x.com/x-api/webhooks/stream/quickstart.
  expect(listed).toEqual(['tweet.fields=lang', 'entities', 'expansions=author_id', 'media.fields=url'])
  expect(Object.fromEntries(readLinkFields(listed as string[]))).toEqual({
    'tweet.fields': ['lang', 'entities'],
    expansions: ['author_id'],
    'media.fields': ['url'],
  })
})

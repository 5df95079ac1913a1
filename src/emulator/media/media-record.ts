import type { MediaRecord } from '../../payloads/post-record.ts'
import type { Upload } from './uploads.ts'

/** The media of a post whose text ends with their link: they share it. */
export function mediaRecords(
  uploads: readonly Upload[],
  link: Pick<MediaRecord, 'url' | 'indices'> & { readonly postUrl: string },
): MediaRecord[] {
  const { postUrl, url, indices } = link
  return uploads.flatMap(({ id, host, file }) => {
    if (!file) return []
    const { type, size } = file
    const image = `${host}/media/${id}`
    return {
      id,
      type,
      image,
      ...(type !== 'photo' && { video: `https://${image}` }),
      size,
      ...(type === 'video' && { durationMs: 10_000 }),
      url,
      pageUrl: `${postUrl}/${type === 'video' ? 'video' : 'photo'}/1`,
      indices,
    }
  })
}

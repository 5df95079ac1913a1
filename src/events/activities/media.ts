import { isJsonObject, type JsonObject } from '../read/json-object.ts'
import type { Media } from './activity.ts'
import { objectsIn, textOf } from './person.ts'

/** The media of a post or a message of the Account Activity API. */
export function readMedia(media: unknown): Media[] {
  return objectsIn(media).flatMap((one) => {
    const info = isJsonObject(one.video_info) ? one.video_info : {}
    return toMedia(one, info.variants, textOf(one.media_url_https) ?? textOf(one.media_url), one.ext_alt_text)
  })
}

/** The media of a post of the newer APIs, which the post names by their keys. */
export function findMedia(post: JsonObject, includes: unknown): Media[] {
  const keys = isJsonObject(post.attachments) ? post.attachments.media_keys : undefined
  const known = new Map(objectsIn(includes).map((one) => [one.media_key, one]))
  return (Array.isArray(keys) ? keys : []).flatMap((key: unknown) => {
    const one = known.get(key)
    if (one === undefined) return []
    return toMedia(one, one.variants, textOf(one.url) ?? textOf(one.preview_image_url), one.alt_text)
  })
}

/** A list, empty for media of another type or without an address. */
function toMedia({ type }: JsonObject, variants: unknown, image: string | undefined, altText: unknown): Media[] {
  if (type !== 'photo' && type !== 'video' && type !== 'animated_gif') return []
  const url = type === 'photo' ? image : (bestFile(variants) ?? image)
  const description = textOf(altText)
  return url === undefined ? [] : [{ type, url, ...(description !== undefined && { altText: description }) }]
}

/** The address of the MP4 file with the most bits of each second. */
function bestFile(variants: unknown): string | undefined {
  const files = objectsIn(variants).filter((one) => one.content_type === 'video/mp4')
  return textOf(files.toSorted((a, b) => bitRate(b) - bitRate(a))[0]?.url)
}

function bitRate({ bitrate, bit_rate }: JsonObject): number {
  const rate = bitrate ?? bit_rate
  return typeof rate === 'number' ? rate : 0
}

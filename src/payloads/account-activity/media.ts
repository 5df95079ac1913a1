import type { WireMedia, WireMediaSize } from '../../events/account-activity/wire/entities.ts'
import type { MediaRecord } from '../post-record.ts'

/** A photo, video or GIF with its real type, as `extended_entities` contains it. */
export function mediaPayload(media: MediaRecord): WireMedia {
  return { ...linkPayload(media), type: media.type, ...filesPayload(media), sizes: sizesOf(media) }
}

/** A photo, or the first frame of a video or a GIF, as `entities` contains it: X calls all of them photos. */
export function previewPayload(media: MediaRecord): WireMedia {
  return { ...linkPayload(media), type: 'photo', sizes: sizesOf(media) }
}

/** A photo, video or GIF in the form of a direct message. */
export function attachedMediaPayload(media: MediaRecord): WireMedia {
  const link = { ...linkPayload(media), media_url: `https://${media.image}` }
  return { ...link, type: media.type, sizes: sizesOf(media), ...filesPayload(media) }
}

function linkPayload({ id, indices, image, url, pageUrl }: MediaRecord): WireMedia {
  return {
    id: Number(id),
    id_str: id,
    indices,
    media_url: `http://${image}`,
    media_url_https: `https://${image}`,
    url,
    display_url: url.replace('https://t.co/', 'pic.x.com/'),
    expanded_url: pageUrl,
  }
}

/** The file of a video or a GIF. The bitrate of a GIF is 0, and it has no length. */
function filesPayload({ type, video, size, durationMs }: MediaRecord): Pick<WireMedia, 'video_info'> {
  if (video === undefined) return {}
  return {
    video_info: {
      aspect_ratio: ratioOf(size),
      ...(durationMs !== undefined && { duration_millis: durationMs }),
      variants: [{ bitrate: type === 'video' ? 2_176_000 : 0, content_type: 'video/mp4', url: video }],
    },
  }
}

function ratioOf([width, height]: MediaRecord['size']): [number, number] {
  const divisor = greatestDivisor(width, height)
  return [width / divisor, height / divisor]
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

/** The sizes in which X serves an image: none is larger than the original. */
function sizesOf({ size }: MediaRecord): Record<string, WireMediaSize> {
  return {
    small: scaleDown(size, 680),
    thumb: { w: 150, h: 150, resize: 'crop' },
    medium: scaleDown(size, 1200),
    large: scaleDown(size, 2048),
  }
}

function scaleDown([width, height]: MediaRecord['size'], max: number): WireMediaSize {
  const scale = Math.min(1, max / Math.max(width, height))
  return { w: Math.round(width * scale), h: Math.round(height * scale), resize: 'fit' }
}

import { describe, expect, it } from 'vitest'
import { attachedMediaPayload, mediaPayload, previewPayload } from '../../../../src/payloads/account-activity/media.ts'
import type { MediaRecord } from '../../../../src/payloads/post-record.ts'

const gif: MediaRecord = {
  id: '2000000000000000001',
  type: 'animated_gif',
  image: 'pbs.twimg.com/tweet_video_thumb/sprout.jpg',
  video: 'https://video.twimg.com/tweet_video/sprout.mp4',
  size: [270, 480],
  url: 'https://t.co/sprout',
  pageUrl: 'https://x.com/bob/status/2000000000000000003/photo/1',
  indices: [12, 31],
}
const sizes = {
  small: { w: 270, h: 480, resize: 'fit' },
  thumb: { w: 150, h: 150, resize: 'crop' },
  medium: { w: 270, h: 480, resize: 'fit' },
  large: { w: 270, h: 480, resize: 'fit' },
}

describe('media', () => {
  it('have their real type and their files in extended_entities', () => {
    expect(mediaPayload(gif)).toEqual({
      id: 2_000_000_000_000_000_000,
      id_str: '2000000000000000001',
      indices: [12, 31],
      media_url: 'http://pbs.twimg.com/tweet_video_thumb/sprout.jpg',
      media_url_https: 'https://pbs.twimg.com/tweet_video_thumb/sprout.jpg',
      url: 'https://t.co/sprout',
      display_url: 'pic.x.com/sprout',
      expanded_url: 'https://x.com/bob/status/2000000000000000003/photo/1',
      type: 'animated_gif',
      video_info: {
        aspect_ratio: [9, 16],
        variants: [{ bitrate: 0, content_type: 'video/mp4', url: 'https://video.twimg.com/tweet_video/sprout.mp4' }],
      },
      sizes,
    })
  })

  it('are photos without files in entities', () => {
    const preview = previewPayload(gif)
    expect(preview.type).toBe('photo')
    expect(preview).not.toHaveProperty('video_info')
  })

  it('have only https addresses in messages', () => {
    expect(attachedMediaPayload(gif)).toMatchObject({ media_url: `https://${gif.image}`, type: 'animated_gif', sizes })
  })

  it('are made smaller, never larger', () => {
    expect(mediaPayload({ ...gif, size: [4096, 2048] }).sizes).toEqual({
      small: { w: 680, h: 340, resize: 'fit' },
      thumb: { w: 150, h: 150, resize: 'crop' },
      medium: { w: 1200, h: 600, resize: 'fit' },
      large: { w: 2048, h: 1024, resize: 'fit' },
    })
  })
})

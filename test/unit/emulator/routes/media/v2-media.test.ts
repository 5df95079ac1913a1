import { expect, it } from 'vitest'
import type { EmulatedUser } from 'x-account-activity/emulator'
import { answerOf, callAs, createBot } from '../../../../support/emulator-calls.ts'
import type { EmulatorHarness } from '../../../../support/emulator-harness.ts'
import { gif, mp4, png, toBase64 } from '../../../../support/media-files.ts'

interface Uploaded {
  readonly data: { readonly id: string; readonly media_key: string }
}

async function upload(harness: EmulatorHarness, user: EmulatedUser, file: Uint8Array): Promise<string> {
  const response = await callAs(harness, user, 'POST', '/2/media/upload', { media: toBase64(file) })
  return ((await response.json()) as Uploaded).data.id
}

const post = (harness: EmulatorHarness, user: EmulatedUser, body: object) =>
  callAs(harness, user, 'POST', '/2/tweets', body)

it('uploads a file in JSON, and delivers it in a post', async () => {
  const { harness, alice } = await createBot()
  const uploaded = await callAs(harness, alice, 'POST', '/2/media/upload', { media: toBase64(png(640, 480)) })
  const { data } = (await uploaded.json()) as Uploaded
  expect(data).toEqual({
    id: expect.stringMatching(/^\d{19}$/),
    media_key: `3_${data.id}`,
    size: png(640, 480).length,
    expires_after_secs: 86_400,
  })
  expect((await post(harness, alice, { text: 'Look & see', media: { media_ids: [data.id] } })).status).toBe(201)
  const [delivered] = await harness.flush()
  const tweet = delivered?.json.tweet_create_events[0]
  const [media] = tweet.extended_entities.media
  expect(tweet.text).toBe(`Look &amp; see ${media.url}`)
  expect(tweet.display_text_range).toEqual([0, 14])
  expect(tweet.entities.media).toHaveLength(1)
  expect(media).toMatchObject({
    id_str: data.id,
    indices: [15, 38],
    media_url_https: `https://api.x.com/media/${data.id}`,
    expanded_url: `https://x.com/alice/status/${tweet.id_str}/photo/1`,
    type: 'photo',
    sizes: { large: { w: 640, h: 480, resize: 'fit' } },
  })
  const served = await harness.x.fetch(media.media_url_https)
  expect(served.headers.get('content-type')).toBe('image/png')
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(png(640, 480))
})

it('uploads a file in multipart', async () => {
  const { harness, alice } = await createBot()
  const body = new FormData()
  body.set('media', new Blob([gif(20, 10)]))
  const headers = { authorization: `Bearer ${alice.oauth2Token}` }
  const response = await harness.x.fetch('https://api.x.com/2/media/upload', { method: 'POST', headers, body })
  const { data } = (await response.json()) as Uploaded
  expect(data.media_key).toBe(`16_${data.id}`)
  expect((await post(harness, alice, { media: { media_ids: [data.id] } })).status).toBe(201)
  const [delivered] = await harness.flush()
  const tweet = delivered?.json.tweet_create_events[0]
  expect(tweet.text).toMatch(/^https:\/\/t\.co\/\w{10}$/)
  expect(tweet.extended_entities.media[0]).toMatchObject({
    type: 'animated_gif',
    video_info: { aspect_ratio: [2, 1] },
  })
})

it('uploads a file in parts', async () => {
  const { harness, alice } = await createBot()
  const call = (method: string, path: string, body?: object) =>
    callAs(harness, alice, method, `/2/media/upload${path}`, body)
  const start = { media_type: 'video/mp4', total_bytes: mp4.length, media_category: 'tweet_video' }
  const { data } = (await (await call('POST', '/initialize', start)).json()) as Uploaded
  const append = (segment_index: number, part: Uint8Array) =>
    call('POST', `/${data.id}/append`, { segment_index, media: toBase64(part) })
  expect((await append(1, mp4.slice(10))).status).toBe(200)
  expect((await call('POST', `/${data.id}/finalize`)).status).toBe(400)
  expect((await post(harness, alice, { media: { media_ids: [data.id] } })).status).toBe(400)
  expect((await append(0, mp4.slice(0, 11))).status).toBe(400)
  expect((await append(0, mp4.slice(0, 10))).status).toBe(200)
  expect(await answerOf(await call('POST', `/${data.id}/finalize`))).toMatchObject({
    status: 200,
    body: { data: { id: data.id, media_key: `7_${data.id}`, size: mp4.length } },
  })
  const status = await answerOf(await call('GET', `?command=STATUS&media_id=${data.id}`))
  expect(status.body).toMatchObject({ data: { processing_info: { state: 'succeeded', progress_percent: 100 } } })
  const served = await harness.x.fetch(`https://api.x.com/media/${data.id}`)
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(mp4)
})

it.each([
  ['text', { media: toBase64(new TextEncoder().encode('<script>alert(1)</script>')) }],
  ['no file', {}],
  ['a text that is not base64', { media: '%' }],
])('refuses %s', async (_, body) => {
  const { harness, alice } = await createBot()
  expect((await callAs(harness, alice, 'POST', '/2/media/upload', body)).status).toBe(400)
})

it.each([0, -1, 1.5, 15 * 1024 * 1024 + 1, 'x', undefined])('refuses an upload of %s bytes', async (total_bytes) => {
  const { harness, alice } = await createBot()
  expect((await callAs(harness, alice, 'POST', '/2/media/upload/initialize', { total_bytes })).status).toBe(400)
})

it('takes an upload of 15 MiB', async () => {
  const { harness, alice } = await createBot()
  const body = { total_bytes: 15 * 1024 * 1024 }
  expect((await callAs(harness, alice, 'POST', '/2/media/upload/initialize', body)).status).toBe(200)
})

it('refuses the media of another user, after a day, unknown, twice, and a photo beside a video', async () => {
  const { harness, alice, bob } = await createBot()
  const [photo, video] = [await upload(harness, alice, png(1, 1)), await upload(harness, alice, mp4)]
  const statusOf = async (user: EmulatedUser, media_ids: unknown) =>
    (await post(harness, user, { text: 'Look', media: { media_ids } })).status
  expect(await statusOf(bob, [photo])).toBe(400)
  expect(await statusOf(alice, ['1'])).toBe(400)
  expect(await statusOf(alice, [photo, photo])).toBe(400)
  expect(await statusOf(alice, [photo, video])).toBe(400)
  expect(await statusOf(alice, [])).toBe(400)
  expect(await statusOf(alice, 'x')).toBe(400)
  await harness.x.advance({ hours: 24 })
  expect(await statusOf(alice, [photo])).toBe(400)
})

it('keeps the last 100 uploads', async () => {
  const { harness, alice } = await createBot({ limits: { rate: false } })
  const first = await upload(harness, alice, png(1, 1))
  for (let count = 0; count < 99; count += 1) await upload(harness, alice, png(1, 1))
  expect((await harness.x.fetch(`https://api.x.com/media/${first}`)).status).toBe(200)
  await upload(harness, alice, png(1, 1))
  expect((await harness.x.fetch(`https://api.x.com/media/${first}`)).status).toBe(404)
})

it('keeps the media of a post in a saved state, without the file', async () => {
  const { harness, alice } = await createBot()
  const id = await upload(harness, alice, png(1, 1))
  await post(harness, alice, { text: 'Look', media: { media_ids: [id] } })
  const saved = harness.x.save()
  await harness.x.load(JSON.parse(JSON.stringify(saved)))
  expect(harness.x.save()).toEqual(saved)
  expect((await harness.x.fetch(`https://api.x.com/media/${id}`)).status).toBe(404)
})

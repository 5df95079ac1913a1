import { expect, it } from 'vitest'
import { answerOf, createBot, postSigned } from '../../../../support/emulator-calls.ts'
import { mp4, png, toBase64 } from '../../../../support/media-files.ts'

const path = '/1.1/media/upload.json'

it('uploads a file in a form, and delivers it in a post', async () => {
  const { harness, alice } = await createBot()
  const uploaded = await postSigned(harness, alice, path, { media_data: toBase64(png(40, 30)) })
  const text = await uploaded.text()
  const id = /"media_id_string":"(\d{19})"/.exec(text)?.[1] ?? ''
  expect(text).toBe(
    `{"media_id":${id},"media_id_string":"${id}","media_key":"3_${id}","size":${png(40, 30).length},"expires_after_secs":86400,"image":{"image_type":"image/png","w":40,"h":30}}`,
  )
  const posted = await postSigned(harness, alice, '/1.1/statuses/update.json', { status: 'Look', media_ids: id })
  expect(posted.status).toBe(200)
  const [delivered] = await harness.flush()
  expect(delivered?.json.tweet_create_events[0].entities.media[0].id_str).toBe(id)
  const unknown = await postSigned(harness, alice, '/1.1/statuses/update.json', { status: 'Look', media_ids: '1' })
  expect(await answerOf(unknown)).toMatchObject({ status: 400, body: { errors: [{ code: 324 }] } })
})

it('uploads a file in parts', async () => {
  const { harness, alice } = await createBot()
  const call = (form: Record<string, string>) => postSigned(harness, alice, path, form)
  const start = await call({ command: 'INIT', media_type: 'video/mp4', total_bytes: String(mp4.length) })
  expect(start.status).toBe(202)
  const { media_id_string: media_id } = (await start.json()) as { media_id_string: string }
  const append = (segment_index: string, part: Uint8Array) =>
    call({ command: 'APPEND', media_id, segment_index, media_data: toBase64(part) })
  expect((await call({ command: 'FINALIZE', media_id })).status).toBe(400)
  expect((await append('0', mp4.slice(0, 9))).status).toBe(204)
  expect((await append('1', mp4.slice(9))).status).toBe(204)
  expect((await append('2', mp4.slice(0, 1))).status).toBe(400)
  expect(await answerOf(await call({ command: 'FINALIZE', media_id }))).toMatchObject({
    status: 201,
    body: { media_id_string: media_id, size: mp4.length, video: { video_type: 'video/mp4' } },
  })
  const status = await harness.asUser(alice, 'GET', `${path}?command=STATUS&media_id=${media_id}`)
  expect(await answerOf(status)).toMatchObject({ status: 200, body: { processing_info: { state: 'succeeded' } } })
})

it.each([
  ['no file', {}, 38],
  ['a text', { media_data: toBase64(new TextEncoder().encode('text')) }, 324],
  ['an unknown media id', { command: 'FINALIZE', media_id: '1' }, 324],
  ['no length', { command: 'INIT' }, 324],
])('refuses %s', async (_, form, code) => {
  const { harness, alice } = await createBot()
  const response = await postSigned(harness, alice, path, form as Record<string, string>)
  expect(await answerOf(response)).toMatchObject({ status: 400, body: { errors: [{ code }] } })
})

import { mediaKeyOf } from '../../../payloads/x-activity/post.ts'
import { invalidRequest, ok } from '../../api/problems.ts'
import type { UserCall, UserRoute } from '../../api/route.ts'
import { type Upload, uploadMs } from '../../media/uploads.ts'
import { appendPart, findUpload, readMediaFields, startUpload, uploadFile } from './upload-media.ts'

const forMedia = {
  as: 'user',
  accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
  level: 'read-write',
  scopes: ['media.write'],
} as const

/** @see https://docs.x.com/x-api/media/upload-media */
const uploadMedia: UserRoute = {
  method: 'POST',
  path: '/2/media/upload',
  ...forMedia,
  async answer(call) {
    const file = (await readMediaFields(call.request)).file()
    if (!file) return invalidRequest('$.media: is missing but it is required')
    const upload = uploadFile(call, file)
    return upload ? showUpload(upload) : invalidRequest('The media type is not supported, or the file is too large')
  },
}

/** @see https://docs.x.com/x-api/media/initialize-media-upload */
const initializeUpload: UserRoute = {
  method: 'POST',
  path: '/2/media/upload/initialize',
  ...forMedia,
  async answer(call) {
    const upload = startUpload(call, Number((await readMediaFields(call.request)).text('total_bytes')))
    return upload ? showUpload(upload) : invalidRequest('$.total_bytes: is missing or out of range')
  },
}

/** @see https://docs.x.com/x-api/media/append-media-upload */
const appendUpload: UserRoute = {
  method: 'POST',
  path: '/2/media/upload/:id/append',
  ...forMedia,
  async answer(call) {
    const upload = findUpload(call, call.param('id'))
    if (!upload) return unknownMedia(call.param('id'))
    const isValid = appendPart(call, upload, await readMediaFields(call.request))
    const expiresAt = Math.floor((upload.createdAt + uploadMs) / 1000)
    return isValid ? ok({ data: { expires_at: expiresAt } }) : invalidRequest('The segment is not valid')
  },
}

/** @see https://docs.x.com/x-api/media/finalize-media-upload */
const finalizeUpload: UserRoute = {
  method: 'POST',
  path: '/2/media/upload/:id/finalize',
  ...forMedia,
  answer(call) {
    const upload = findUpload(call, call.param('id'))
    if (!upload) return unknownMedia(call.param('id'))
    return call.platform.uploads.finish(upload)
      ? showUpload(upload)
      : invalidRequest('The media is invalid or incomplete')
  },
}

/** @see https://docs.x.com/x-api/media/get-media-upload-status */
const showStatus: UserRoute = {
  method: 'GET',
  path: '/2/media/upload',
  ...forMedia,
  answer(call: UserCall) {
    const id = call.request.url.searchParams.get('media_id') ?? ''
    const upload = findUpload(call, id)
    return upload ? showUpload(upload) : unknownMedia(id)
  },
}

/** The routes of version 2 for media. */
export const v2MediaRoutes: readonly UserRoute[] = [
  initializeUpload,
  appendUpload,
  finalizeUpload,
  uploadMedia,
  showStatus,
]

function showUpload({ id, file }: Upload): Response {
  const data = {
    id,
    media_key: mediaKeyOf({ id, type: file?.type ?? 'photo' }),
    ...(file && { size: file.bytes.length }),
    expires_after_secs: uploadMs / 1000,
    ...(file?.type === 'video' && { processing_info: { state: 'succeeded', progress_percent: 100 } }),
  }
  return ok({ data })
}

function unknownMedia(id: string): Response {
  return invalidRequest(`The media id [${id}] is not valid`)
}

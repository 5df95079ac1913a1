import { mediaKeyOf } from '../../../payloads/x-activity/post.ts'
import { exactJson } from '../../api/problems.ts'
import type { OpenRoute, UserCall, UserRoute } from '../../api/route.ts'
import { noContent, pageNotFound, v1Error } from '../../api/v1-problems.ts'
import { type Upload, uploadMs } from '../../media/uploads.ts'
import { signedToWrite } from '../posts/statuses.ts'
import { appendPart, findUpload, readMediaFields, startUpload, uploadFile } from './upload-media.ts'

/**
 * Uploads a file, whole or in parts: `INIT`, `APPEND`, `FINALIZE`.
 *
 * @see https://developer.x.com/en/docs/x-api/v1/media/upload-media/api-reference/post-media-upload
 */
const uploadMedia: UserRoute = {
  method: 'POST',
  path: '/1.1/media/upload.json',
  ...signedToWrite,
  async answer(call) {
    const fields = await readMediaFields(call.request)
    const command = fields.text('command')
    if (command === undefined) {
      const file = fields.file()
      if (!file) return v1Error(400, { code: 38, message: 'media parameter is missing.' })
      const upload = uploadFile(call, file)
      return upload ? showUpload(200, upload) : invalidMedia('media type unrecognized.')
    }
    if (command === 'INIT') {
      const upload = startUpload(call, Number(fields.text('total_bytes')))
      return upload ? showUpload(202, upload) : invalidMedia('The total_bytes parameter is invalid.')
    }
    const upload = findUpload(call, fields.text('media_id'))
    if (!upload) return invalidMedia('Invalid mediaId.')
    if (command === 'APPEND') {
      return appendPart(call, upload, fields)
        ? noContent()
        : invalidMedia('Segments do not add up to provided total file size.')
    }
    if (command !== 'FINALIZE') return invalidMedia('The command parameter is invalid.')
    return call.platform.uploads.finish(upload) ? showUpload(201, upload) : invalidMedia('Invalid or incomplete media.')
  },
}

/** @see https://developer.x.com/en/docs/x-api/v1/media/upload-media/api-reference/get-media-upload-status */
const showStatus: UserRoute = {
  method: 'GET',
  path: '/1.1/media/upload.json',
  ...signedToWrite,
  answer(call: UserCall) {
    const { searchParams } = call.request.url
    const upload = searchParams.get('command') === 'STATUS' && findUpload(call, searchParams.get('media_id') ?? '')
    return upload ? showUpload(200, upload) : invalidMedia('Invalid mediaId.')
  },
}

/** The uploaded file, for everyone, as `pbs.twimg.com` serves it. */
const serveMedia: OpenRoute = {
  method: 'GET',
  path: '/media/:id',
  as: 'anyone',
  answer({ platform, param }) {
    const file = platform.uploads.get(param('id'))?.file
    if (!file) return pageNotFound()
    return new Response(file.bytes, {
      headers: {
        'content-type': file.mime,
        'content-length': String(file.bytes.length),
        'x-content-type-options': 'nosniff',
      },
    })
  },
}

/** The routes of version 1.1 for media, and the one that serves them. */
export const mediaRoutes: readonly (UserRoute | OpenRoute)[] = [uploadMedia, showStatus, serveMedia]

function showUpload(status: number, upload: Upload): Response {
  const { id, file } = upload
  const body = {
    media_id: Number(id),
    media_id_string: id,
    ...(file && { media_key: mediaKeyOf({ id, type: file.type }), size: file.bytes.length }),
    expires_after_secs: uploadMs / 1000,
    ...(file?.type === 'video' && {
      video: { video_type: file.mime },
      processing_info: { state: 'succeeded', progress_percent: 100 },
    }),
    ...(file && file.type !== 'video' && { image: { image_type: file.mime, w: file.size[0], h: file.size[1] } }),
  }
  // Only members whose names end in "_str" get all digits.
  const { headers } = exactJson({})
  const text = JSON.stringify(body).replace(/"media_id":\d+/, `"media_id":${id}`)
  return new Response(text, { status, headers })
}

function invalidMedia(message: string): Response {
  return v1Error(400, { code: 324, message })
}

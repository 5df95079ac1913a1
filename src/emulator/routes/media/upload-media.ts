import type { ApiRequest } from '../../api/api-request.ts'
import { isForm, isJson } from '../../api/api-request.ts'
import type { UserCall } from '../../api/route.ts'
import { type MediaType, readMediaType } from '../../media/media-type.ts'
import { maxMediaBytes, type Upload } from '../../media/uploads.ts'
import { parseJson } from '../v2/read-fields.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The fields of a request: those of the query, and of a form, a multipart or a JSON body. */
export interface MediaFields {
  text(name: string): string | undefined
  /** The file, as it is in `media`, or in base64 in `media_data` or `media`. */
  file(): Bytes | undefined
}

/** Reads the fields of an upload. */
export async function readMediaFields(request: ApiRequest): Promise<MediaFields> {
  const body = await readBody(request)
  const text = (name: string) => {
    const value = request.url.searchParams.get(name) ?? body.get(name)
    return typeof value === 'string' ? value : undefined
  }
  return {
    text,
    file() {
      const file = body.get('media')
      return file instanceof Uint8Array ? file : decodeBase64(text('media_data') ?? text('media') ?? '')
    },
  }
}

async function readBody(request: ApiRequest): Promise<Map<string, string | Bytes>> {
  if (isForm(request)) return new Map(new URLSearchParams(request.body))
  if (isJson(request)) {
    const value = parseJson(request.body)
    return new Map(Object.entries(value ?? {}).map(([name, member]) => [name, String(member)]))
  }
  const headers = { 'content-type': request.headers.get('content-type') ?? '' }
  const form = await new Response(request.bytes, { headers }).formData().catch(() => new FormData())
  const fields = new Map<string, string | Bytes>()
  for (const [name, value] of form) {
    fields.set(name, typeof value === 'string' ? value : new Uint8Array(await value.arrayBuffer()))
  }
  return fields
}

function decodeBase64(text: string): Bytes | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0))
    return bytes.length > 0 ? bytes : undefined
  } catch {
    return undefined
  }
}

/** Starts an upload. `undefined` when it is empty or too long. */
export function startUpload({ platform, user, request }: UserCall, totalBytes: number): Upload | undefined {
  if (!Number.isSafeInteger(totalBytes) || totalBytes < 1 || totalBytes > maxMediaBytes) return undefined
  const { clock, nextId, uploads } = platform
  return uploads.start({ id: nextId(), userId: user.id, host: request.url.host, createdAt: clock.now(), totalBytes })
}

/** Uploads a whole file. `undefined` when X does not take it. */
export function uploadFile(call: UserCall, bytes: Bytes): Upload | undefined {
  const type: MediaType | undefined = readMediaType(bytes)
  const upload = type && startUpload(call, bytes.length)
  if (!upload) return undefined
  call.platform.uploads.append(upload, 0, bytes)
  return call.platform.uploads.finish(upload) ? upload : undefined
}

/** Adds a part to an upload. Returns whether its index and its length are valid. */
export function appendPart({ platform }: UserCall, upload: Upload, fields: MediaFields): boolean {
  const index = fields.text('segment_index') ?? ''
  const bytes = fields.file()
  return (
    bytes !== undefined &&
    /^\d{1,3}$/.test(index) &&
    !upload.file &&
    platform.uploads.append(upload, Number(index), bytes)
  )
}

/** The upload of the user with this id. */
export function findUpload({ platform, user }: UserCall, id: string | undefined): Upload | undefined {
  return platform.uploads.find(id ?? '', user.id, platform.clock.now())
}

/** The complete uploads with these ids. `undefined` when one of them cannot be posted, or when there are more than four. */
export function findPostable(call: UserCall, ids: readonly string[]): Upload[] | undefined {
  const found = ids.flatMap((id) => findUpload(call, id) ?? []).filter(({ file }) => file !== undefined)
  const isMixed = found.length > 1 && found.some(({ file }) => file?.type !== 'photo')
  return found.length === ids.length && new Set(ids).size === ids.length && ids.length <= 4 && !isMixed
    ? found
    : undefined
}

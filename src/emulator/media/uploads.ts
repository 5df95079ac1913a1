import { hourMs } from '../../internal/clock.ts'
import { type MediaType, readMediaType } from './media-type.ts'

/** How long a post can be created with a media id: 24 hours. */
export const uploadMs = 24 * hourMs
/** The longest file. X takes longer videos. */
export const maxMediaBytes = 15 * 1024 * 1024
/** How many uploads are kept, and how many bytes of them. The oldest are let go first. */
const maxUploads = 100
const maxKeptBytes = 64 * 1024 * 1024

/** An uploaded file, or the parts of one that have arrived. */
export interface Upload {
  readonly id: string
  /** The id of the user who may post it. */
  readonly userId: string
  /** The host that the upload was sent to. It also serves the file. */
  readonly host: string
  readonly createdAt: number
  /** The length that was announced. */
  readonly totalBytes: number
  /** The parts of the file by their index. */
  readonly parts: Map<number, Uint8Array<ArrayBuffer>>
  /** Absent until the upload is complete. */
  file?: MediaType & { readonly bytes: Uint8Array<ArrayBuffer> }
}

/** The media that apps have uploaded. They are not part of a saved state. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>()

  start(upload: Omit<Upload, 'parts' | 'file'>): Upload {
    const started = { ...upload, parts: new Map() }
    this.#uploads.set(upload.id, started)
    this.#makeRoom()
    return started
  }

  get(id: string): Upload | undefined {
    return this.#uploads.get(id)
  }

  /** An upload of a user from which a post can be created. */
  find(id: string, userId: string, now: number): Upload | undefined {
    const upload = this.#uploads.get(id)
    return upload?.userId === userId && now - upload.createdAt < uploadMs ? upload : undefined
  }

  /** Adds a part. Returns whether the parts are not longer than announced. */
  append(upload: Upload, index: number, bytes: Uint8Array<ArrayBuffer>): boolean {
    const others = [...upload.parts].filter(([other]) => other !== index).map(([, part]) => part)
    if (countBytes(others) + bytes.length > upload.totalBytes) return false
    upload.parts.set(index, bytes)
    this.#makeRoom()
    return true
  }

  /** Joins the parts. Returns whether they are complete, and a file that X takes. */
  finish(upload: Upload): boolean {
    if (upload.file) return true
    const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part)
    if (countBytes(parts) !== upload.totalBytes) return false
    const bytes = new Uint8Array(upload.totalBytes)
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    const type = readMediaType(bytes)
    if (!type) return false
    upload.file = { ...type, bytes }
    upload.parts.clear()
    return true
  }

  #makeRoom(): void {
    const sizes = [...this.#uploads.values()].map(
      (upload) => upload.file?.bytes.length ?? countBytes(upload.parts.values()),
    )
    let kept = sizes.reduce((sum, size) => sum + size, 0)
    for (const [index, id] of [...this.#uploads.keys()].entries()) {
      if (this.#uploads.size <= maxUploads && kept <= maxKeptBytes) return
      kept -= sizes[index] ?? 0
      this.#uploads.delete(id)
    }
  }
}

function countBytes(parts: Iterable<Uint8Array>): number {
  return [...parts].reduce((sum, { length }) => sum + length, 0)
}

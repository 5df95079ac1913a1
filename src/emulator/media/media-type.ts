import type { MediaRecord } from '../../payloads/post-record.ts'

/** What a media file is, found in its first bytes. */
export interface MediaType {
  /** The content type. */
  readonly mime: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'video/mp4'
  readonly type: MediaRecord['type']
  /** The width and the height in pixels. */
  readonly size: readonly [number, number]
}

/** The size of files whose header the emulator does not read. */
const defaultSize = [1280, 720] as const

/** Finds the type of a media file. `undefined` when X does not take such files. */
export function readMediaType(bytes: Uint8Array): MediaType | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (ascii(1, 4) === 'PNG' && bytes.length >= 24) {
    return { mime: 'image/png', type: 'photo', size: [view.getUint32(16), view.getUint32(20)] }
  }
  if (ascii(0, 4) === 'GIF8' && bytes.length >= 10) {
    return { mime: 'image/gif', type: 'animated_gif', size: [view.getUint16(6, true), view.getUint16(8, true)] }
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    return { mime: 'image/jpeg', type: 'photo', size: readJpegSize(view) ?? defaultSize }
  }
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return { mime: 'image/webp', type: 'photo', size: defaultSize }
  if (ascii(4, 8) === 'ftyp') return { mime: 'video/mp4', type: 'video', size: defaultSize }
  return undefined
}

/** @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annex B: the segment that begins a frame contains the size. */
function readJpegSize(view: DataView): readonly [number, number] | undefined {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)]
  }
  return undefined
}

/** The beginning of a PNG file. https://www.w3.org/TR/png-3/#5PNG-file-signature */
export function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from([0x89, ...ascii('PNG\r\n\x1a\n'), 0, 0, 0, 13, ...ascii('IHDR'), ...Array(13).fill(0)])
  const view = new DataView(bytes.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return bytes
}

/** The beginning of a GIF file. https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
export function gif(width: number, height: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...ascii('GIF89a'), width, 0, height, 0, 0, 0, 0])
}

/** The beginning of a JPEG file. https://www.w3.org/Graphics/JPEG/itu-t81.pdf */
export function jpeg(width: number, height: number): Uint8Array<ArrayBuffer> {
  const frame = [0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, ...frame])
}

/** The beginning of an MP4 file. */
export const mp4 = Uint8Array.from([0, 0, 0, 20, ...ascii('ftypmp42'), 0, 0, 0, 0, ...ascii('mp42')])

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function ascii(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0))
}

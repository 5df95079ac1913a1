import { grow } from '../read-body.ts'

/** One line of a stream, without its line break. The text of a line that is too long was not kept. */
export type StreamLine = { readonly text: string; readonly bytes: number } | { readonly tooLongBytes: number }

/** Splits the bytes of a stream into lines. */
export interface LineSplitter {
  /** The lines that end in a chunk. The iteration must reach its end before the next chunk. */
  readonly split: (chunk: Uint8Array) => Iterable<StreamLine>
  /** The line that has no line break at the end of the stream. */
  readonly end: () => Iterable<StreamLine>
}

const lineFeed = 0x0a

/**
 * Splits at line feeds. A line may come in any number of chunks, and is decoded as a whole, so a character may be in two
 * chunks. The memory does not grow beyond `maxLineBytes`, whatever the size of the chunks.
 */
export function createLineSplitter(maxLineBytes: number): LineSplitter {
  let kept = new Uint8Array(0)
  let length = 0
  const add = (part: Uint8Array) => {
    const end = length + part.length
    if (end <= maxLineBytes) {
      if (end > kept.length) kept = grow(kept, end, maxLineBytes)
      kept.set(part, length)
    }
    length = end
  }
  const finish = (): StreamLine => {
    const line: StreamLine =
      length > maxLineBytes
        ? { tooLongBytes: length }
        : { text: new TextDecoder().decode(kept.subarray(0, length)).trim(), bytes: length }
    kept = new Uint8Array(0)
    length = 0
    return line
  }
  return {
    *split(chunk) {
      let start = 0
      for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, start)) {
        add(chunk.subarray(start, at))
        start = at + 1
        yield finish()
      }
      add(chunk.subarray(start))
    },
    *end() {
      if (length > 0) yield finish()
    },
  }
}

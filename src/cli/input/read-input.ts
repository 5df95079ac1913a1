import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CliContext } from '../cli-context.ts'
import { usageError } from '../cli-error.ts'

/** The most bytes that are read from standard input: more than any delivery of X has. */
const maxBytes = 64 * 1024 * 1024

/** Reads a file, or standard input where no file is named or its name is `-`. */
export async function readInput(context: Pick<CliContext, 'cwd' | 'stdin'>, file = '-'): Promise<Uint8Array> {
  if (file === '-') return readStdin(context.stdin)
  try {
    return await readFile(resolve(context.cwd, file))
  } catch (error) {
    throw usageError(`The file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

async function readStdin(stdin: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stdin) {
    length += chunk.length
    if (length > maxBytes) throw usageError(`Standard input has more than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

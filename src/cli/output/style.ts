import { styleText } from 'node:util'
import type { CliStream } from '../cli-context.ts'

/** Styles text where the stream has colours. */
export type Style = (format: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', text: string) => string

export function styleOf({ hasColors }: CliStream): Style {
  return (format, text) => (hasColors ? styleText(format, text, { validateStream: false }) : text)
}

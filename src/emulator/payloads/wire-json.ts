/**
 * A numeric id that JavaScript may have rounded and, right behind it, its twin: `:1205348660982083585,"id_str":"1205…"`.
 * No text can hold this: its quotes are escaped.
 */
const twins = /:(\d{16,}),"(\w*id)_str":"([1-9]\d*)"/g
const beyondAscii = /[\u007f-\uffff]/g
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * JSON in the bytes of X: `\uXXXX` for what is not ASCII, `\/`, `\u003c`, `\u003e`.
 *
 * A numeric id that has its exact twin behind it is written with the digits of the twin, as X does; JavaScript's own
 * number would have been rounded. Whoever parses the text gets that rounded number back.
 */
export function wireJson(value: object): string {
  return escapeBeyondAscii(withExactIds(JSON.stringify(value)))
    .replace(/\//g, '\\/')
    .replace(/</g, '\\u003c')
    .replace(/>/g, '\\u003e')
}

function withExactIds(json: string): string {
  return json.replace(twins, (text, rounded: string, name: string, exact: string, at: number) => {
    const isTwin = json.startsWith(`"${name}"`, at - name.length - 2) && Number(rounded) === Number(exact)
    return isTwin ? `:${exact},"${name}_str":"${exact}"` : text
  })
}

function escapeBeyondAscii(json: string): string {
  const escaped = json.replace(beyondAscii, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  // Engines keep what was made of such a text in twice the memory, though it needs only half of it now.
  return escaped === json ? json : decoder.decode(encoder.encode(escaped))
}

/**
 * A numeric id, which JavaScript may have rounded, followed by the same id as a string:
 * `:1205348660982083585,"id_str":"1205…"`. This cannot occur inside a text, where the quotes are escaped.
 */
const idPairs = /:(\d{16,}),"(\w*id)_str":"([1-9]\d*)"/g
const beyondAscii = /[\u007f-\uffff]/g
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * JSON in the exact form of X: `\uXXXX` for characters beyond ASCII, and `\/`, `\u003c` and `\u003e`.
 *
 * A numeric id that is followed by the same id as a string gets the digits of that string. JavaScript's number would be
 * rounded; X writes all digits. A receiver in JavaScript that parses the text gets the rounded number.
 */
export function wireJson(value: object): string {
  return escapeBeyondAscii(withExactIds(JSON.stringify(value)))
    .replace(/\//g, '\\/')
    .replace(/</g, '\\u003c')
    .replace(/>/g, '\\u003e')
}

function withExactIds(json: string): string {
  return json.replace(idPairs, (text, rounded: string, name: string, exact: string, at: number) => {
    const isPair = json.startsWith(`"${name}"`, at - name.length - 2) && Number(rounded) === Number(exact)
    return isPair ? `:${exact},"${name}_str":"${exact}"` : text
  })
}

function escapeBeyondAscii(json: string): string {
  const escaped = json.replace(beyondAscii, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  // V8 stores a text that once had wide characters with two bytes each. Decoding it again halves its memory.
  return escaped === json ? json : decoder.decode(encoder.encode(escaped))
}

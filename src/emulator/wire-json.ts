/** A numeric id and, right behind it, its twin: `"id":12,"id_str":"12"`. No text can hold this: its quotes are escaped. */
const twins = /"(\w*id)":(\d+),"\1_str":"([1-9]\d*)"/g

/** What X writes in another way than `JSON.stringify`: everything that is not ASCII, and three characters that are. */
const escaped = /[\u007f-\uffff/<>]/g

/**
 * JSON in the bytes of X: `\uXXXX` for what is not ASCII, `\/`, `\u003c`, `\u003e`.
 *
 * A numeric id that has its exact twin behind it is written with the digits of the twin, as X does; JavaScript's own
 * number would have been rounded. Whoever parses the text gets that rounded number back.
 */
export function wireJson(value: object): string {
  return JSON.stringify(value)
    .replace(twins, (text, name, rounded, exact) =>
      Number(rounded) === Number(exact) ? `"${name}":${exact},"${name}_str":"${exact}"` : text,
    )
    .replace(escaped, (unit) => (unit === '/' ? '\\/' : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
}

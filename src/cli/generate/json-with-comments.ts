/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text in quotes, a comment, or a comma before a closing bracket. */
const tokens = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*[}\]])/g

/** Reads a JSON object that may have comments and trailing commas, as `tsconfig.json` may. Empty when it is not valid. */
export function readJsonWithComments(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(
      text.replace(/^\uFEFF/, '').replaceAll(tokens, (token) => (token.startsWith('"') ? token : ' ')),
    )
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

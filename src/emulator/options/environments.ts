import { assertText, kindOf } from '../../internal/assert.ts'

/** Reads the labels of the premium environments. They are case-sensitive. */
export function readEnvironments(labels: unknown = ['dev']): readonly string[] {
  if (!Array.isArray(labels)) throw new TypeError(`"environments" must be an array, got ${kindOf(labels)}`)
  for (const [index, label] of labels.entries()) assertLabel(label, `environments[${index}]`)
  if (new Set(labels).size < labels.length) throw new RangeError('"environments" must not name one twice')
  return [...labels]
}

/** A label is part of a path and is not encoded there. */
function assertLabel(label: unknown, name: string): asserts label is string {
  assertText(label, name)
  if (!/^[\w-][\w.-]*$/.test(label)) {
    throw new RangeError(`"${name}" must be letters, digits, "_", "-" and ".", not beginning with "."`)
  }
}

import { diff3Merge } from 'node-diff3'
import { withLineFeeds } from './disk/manifest.ts'

/** The texts of a three-way merge. */
export interface MergeInput {
  /** The text that was generated before. */
  readonly base: string
  /** The text of the user. */
  readonly yours: string
  /** The text that is generated now. */
  readonly generated: string
}

/** The result of a three-way merge. */
export interface MergedText {
  readonly text: string
  /** How many places both sides have changed differently. They are marked as Git marks them. */
  readonly conflicts: number
}

/** Brings the changes from `base` to `generated` into the text of the user. */
export function mergeTexts({ base, yours, generated }: MergeInput): MergedText {
  const lines = (text: string) => withLineFeeds(text).split('\n')
  const regions = diff3Merge(lines(yours), lines(base), lines(generated), { excludeFalseConflicts: true })
  const merged = regions.flatMap(({ ok, conflict }) =>
    conflict === undefined
      ? (ok ?? [])
      : ['<<<<<<< yours', ...conflict.a, '=======', ...conflict.b, '>>>>>>> generated'],
  )
  return { text: merged.join('\n'), conflicts: regions.filter(({ conflict }) => conflict !== undefined).length }
}

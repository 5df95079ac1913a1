/** The flags that say what happens to files that the user has changed. */
export const existingFlags = {
  skipExisting: { kind: 'boolean', brief: 'Keep files that you have changed', default: false, withNegated: false },
  overwrite: { kind: 'boolean', brief: 'Replace files that you have changed', default: false, withNegated: false },
} as const

/** The flag that shows what a run would do. */
export const dryRunFlag = {
  dryRun: {
    kind: 'boolean',
    brief: 'Write nothing, and list what would be written',
    default: false,
    withNegated: false,
  },
} as const

/** The folder of files that were generated. */
export const generatedOutFlag = {
  out: { kind: 'parsed', parse: String, brief: 'The folder that was generated', placeholder: 'folder', default: '.' },
} as const

import { resolve } from 'node:path'
import type { Prompts } from '../../cli-context.ts'
import { usageError } from '../../cli-error.ts'
import { eventNames } from '../event-names.ts'
import { apis, frameworks, type GenerateOptions, type Language, type Store, type TestRunner } from '../options.ts'
import { findTestRunner, type Project, type ReadText, readProject } from '../project.ts'
import { kindTexts, typeTexts } from '../templates/event-texts.ts'

/** The flags of `generate handlers` that decide what is generated. */
export type GenerateFlags = {
  readonly framework?: GenerateOptions['framework'] | undefined
  readonly api?: GenerateOptions['api'] | undefined
  readonly events?: readonly string[] | undefined
  readonly store?: Store | undefined
  readonly tests?: TestRunner | undefined
  readonly language?: Language | undefined
  readonly out?: string | undefined
}

/** What the flags and the answers of the user decide. */
export interface GenerateInput {
  readonly options: GenerateOptions
  readonly folder: string
  readonly project: Project
}

/** The folder that is proposed when the user is asked. */
const proposedFolder = 'src/webhook'

/**
 * Reads the flags. What is missing is asked for.
 *
 * @param prompts - `undefined` without a terminal.
 * @throws CliError when a flag is missing and there is no terminal.
 */
export async function readFlags(
  flags: GenerateFlags,
  {
    cwd,
    readText,
    prompts,
  }: { readonly cwd: string; readonly readText: ReadText; readonly prompts?: Prompts | undefined },
): Promise<GenerateInput> {
  const framework =
    flags.framework ?? (await need(prompts, 'framework').select('Which framework?', toChoices(frameworks)))
  const api = flags.api ?? (await need(prompts, 'api').select('Which API delivers the events?', apiChoices))
  const events =
    flags.events ??
    (await need(prompts, 'events').selectSeveral('Which events?', toChoices(eventNames(api), describeEvent)))
  const out = flags.out ?? (await need(prompts, 'out').text('Into which folder?', proposedFolder))
  const folder = resolve(cwd, out)
  const project = await readProject(folder, cwd, readText)
  return {
    options: {
      framework,
      api,
      events,
      store: flags.store ?? 'memory',
      tests: flags.tests ?? findTestRunner(project),
      language: flags.language ?? 'typescript',
    },
    folder,
    project,
  }
}

function need(prompts: Prompts | undefined, flag: string): Prompts {
  if (prompts === undefined) {
    throw usageError(
      `The flag --${flag} is missing.`,
      'Run "x-account-activity generate handlers --help" for the flags.',
    )
  }
  return prompts
}

function toChoices<Value extends string>(values: readonly Value[], describe?: (value: Value) => string | undefined) {
  return values.map((value) => {
    const hint = describe?.(value)
    return { value, ...(hint !== undefined && { hint }) }
  })
}

const apiHints: Readonly<Record<(typeof apis)[number], string>> = {
  activity: 'the X Activity API',
  'account-activity': 'the Account Activity API',
  both: 'one handler for the events of both',
}

const apiChoices = toChoices(apis, (api) => apiHints[api])

function describeEvent(name: string): string | undefined {
  return kindTexts[name] ?? typeTexts[name]
}

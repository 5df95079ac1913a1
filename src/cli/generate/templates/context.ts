import type { HandledEvent } from '../event-names.ts'
import type { Framework, GenerateOptions } from '../options.ts'
import type { Project } from '../project.ts'

/** What a template knows about the code that it generates. */
export interface TemplateContext {
  readonly options: GenerateOptions
  readonly events: readonly HandledEvent[]
  readonly project: Project
  readonly isTypeScript: boolean
  /** The ending of source files: `.ts`, `.mts`, `.js` or `.mjs`. */
  readonly sourceEnding: string
  /** The ending of relative imports. Empty where the compiler wants none. */
  readonly importEnding: string
}

/** A generated file. */
export interface GeneratedFile {
  /** The path under `--out`, with `/` between folders. */
  readonly path: string
  readonly text: string
}

export function createTemplateContext(
  options: GenerateOptions,
  events: readonly HandledEvent[],
  project: Project,
): TemplateContext {
  const isTypeScript = options.language === 'typescript'
  const sourceEnding = isTypeScript
    ? typeScriptEnding(options.framework, project)
    : javaScriptEnding(options.framework, project)
  return {
    options,
    events,
    project,
    isTypeScript,
    sourceEnding,
    importEnding: isTypeScript ? typeScriptImportEnding(options.framework, project, sourceEnding) : sourceEnding,
  }
}

/** `.mjs` is a module in every project. Next.js and SvelteKit find their routes only under `.js`. */
function javaScriptEnding(framework: Framework, { isModule }: Project): string {
  return isModule || framework === 'next' || framework === 'sveltekit' ? '.js' : '.mjs'
}

/** The frameworks whose servers Node.js runs without another tool. */
const runByNode: ReadonlySet<Framework> = new Set(['node', 'express', 'fastify', 'koa', 'hono'])

/** `.mts` is a module in every project: the projects of `npm init` say that their `.ts` files are CommonJS. */
function typeScriptEnding(framework: Framework, { isCommonJs, tsconfig }: Project): string {
  const isRunAsWritten = runByNode.has(framework) && (tsconfig === undefined || tsconfig.allowsTsImports)
  return isRunAsWritten && isCommonJs ? '.mts' : '.ts'
}

function typeScriptImportEnding(framework: Framework, { tsconfig }: Project, sourceEnding: string): string {
  if (framework === 'deno') return '.ts'
  // The compiler of Nest writes JavaScript, in which an import of a `.ts` file would fail unless it is rewritten.
  if (framework === 'nest' && tsconfig?.rewritesTsImports !== true) return tsconfig?.isCommonJs === false ? '.js' : ''
  if (tsconfig === undefined) return framework === 'next' ? '' : sourceEnding
  if (tsconfig.allowsTsImports) return sourceEnding
  return framework === 'next' || tsconfig.isCommonJs ? '' : '.js'
}

/** Joins the lines of a file. `false` and `undefined` leave a line out. */
export function toText(...lines: readonly (string | false | undefined)[]): string {
  return `${lines.filter((line) => typeof line === 'string').join('\n')}\n`
}

/** The text in TypeScript; nothing in JavaScript. */
export function types({ isTypeScript }: TemplateContext, text: string): string {
  return isTypeScript ? text : ''
}

/** An expression that reads an environment variable. */
export function readEnv({ options, project }: TemplateContext, name: string): string {
  if (options.framework === 'deno') return `Deno.env.get('${name}')`
  const needsBrackets = project.tsconfig?.needsBrackets === true && options.language === 'typescript'
  return needsBrackets ? `process.env['${name}']` : `process.env.${name}`
}

/** A list of texts as source code: on one line if it fits, else with a line for each item. */
export function listOf(items: readonly string[], before: string, after: string): string {
  const quoted = items.map((item) => `'${item}'`)
  const line = `${before}[${quoted.join(', ')}]${after}`
  return line.length <= maxLineLength ? line : `${before}[\n${quoted.map((item) => `  ${item},\n`).join('')}]${after}`
}

const maxLineLength = 120

/** A line that prints a text. An expression in braces, as in `{event.id}`, becomes a placeholder of a template string. */
export function printLine(text: string): string {
  return `console.log(\`${text.replaceAll(/\{([^}]+)\}/g, '$${$1}')}\`)`
}

import { posix } from 'node:path'
import ts from 'typescript'

/** One import, re-export or `import()` of a file. */
export interface Import {
  /** A path inside `src` for our own files; for everything else the specifier as written. */
  readonly to: string
  readonly line: number
}

/** What the rules of the house look at in one file of `src`. */
export interface Source {
  /** The path inside `src`: `webhook/answer-crc.ts`. */
  readonly path: string
  readonly imports: readonly Import[]
  /** Lines of default exports. */
  readonly defaultExports: readonly number[]
  /** Lines that mention the global `process`. */
  readonly processUses: readonly number[]
  /** Lines that read the clock, draw a random number, or use promises. */
  readonly effects: readonly number[]
  /** Lines of top-level statements that are anything but `export … from`. */
  readonly ownStatements: readonly number[]
}

/** Reads a file with TypeScript's parser: comments and strings that look like imports do not count. */
export function parseSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lineOf = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
  const nodes = descendants(file)
  const statements = [...file.statements]
  return {
    path,
    imports: nodes.flatMap((node) => {
      const specifier = importedBy(node)
      return specifier === undefined ? [] : [{ to: resolve(path, specifier), line: lineOf(node) }]
    }),
    defaultExports: statements.filter(isDefaultExport).map(lineOf),
    processUses: nodes.filter(isProcess).map(lineOf),
    effects: [...new Set(nodes.filter(isEffect).map(lineOf))],
    ownStatements: statements.filter((one) => !isReexport(one)).map(lineOf),
  }
}

function descendants(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = []
  node.forEachChild((child) => {
    found.push(child, ...descendants(child))
  })
  return found
}

/** `import … from 'x'`, `export … from 'x'`, `import('x')`, and the type `import('x').Y`. */
function importedBy(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier)
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return textOf(node.arguments[0])
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal)
  return undefined
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier
}

function isReexport(node: ts.Statement): boolean {
  return ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined
}

function isDefaultExport(node: ts.Statement): boolean {
  if (ts.isExportAssignment(node)) return true
  if (ts.isExportDeclaration(node) && node.exportClause !== undefined && ts.isNamedExports(node.exportClause)) {
    return node.exportClause.elements.some((element) => element.name.text === 'default')
  }
  return ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
}

/** `process` and `globalThis.process`, but neither `job.process` nor `{ process: 1 }`. */
function isProcess(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || node.text !== 'process') return false
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent.expression.getText() === 'globalThis'
  return !(ts.isPropertyAssignment(parent) && parent.name === node) && !ts.isTypeElement(parent)
}

/** `Date.now`, `new Date()` without arguments, `Math.random`, `Promise`, `async` and `await`. */
function isEffect(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return ['Date.now', 'Math.random'].includes(node.getText())
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length
  if (ts.isIdentifier(node)) return node.text === 'Promise'
  return node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)
}

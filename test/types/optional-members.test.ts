import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const source = `${root}src/`

/** The compiler reads all of src. */
const timeout = 120_000

/**
 * Types that a caller gets from the package. They can be handed back to it unchanged: a mock returns them, a hook of
 * OpenTelemetry is called with them. They have the members that are there, and no member that is `undefined`.
 */
const results: readonly string[] = [
  ...['CrcReport', 'DeliveryReport', 'EventRef', 'FailureReport', 'ReplayReport', 'Trace'],
  ...['Problem', 'RateLimit', 'SubscriptionList', 'Webhook', 'NewInboxItem', 'ErrorContext'],
  ...['Emulator', 'DeliveryRecord', 'EmulatedWebhook', 'RequestRecord'],
  ...['ActivityDeletionFailure', 'ActivitySubscription', 'StreamDisconnectReport', 'StreamLink'],
  ...['ObservedDelivery', 'ObservedVerification'],
]
/** Events and their payloads are results too. */
const events = `${source}events/`

test('every optional member of what a caller passes takes undefined', { timeout }, () => {
  const { checked, refused } = readInputs()
  expect(refused).toEqual([])
  // The walk has reached the options of every room.
  for (const name of [
    'ClientOptions.user',
    'TransportOptions.fetchOptions',
    'RetryOptions.maxWaitMs',
    'ClientHooks.onRetry',
    'CallOptions.signal',
    'ReplayCallOptions.endpoint',
    'ReceiverOptions.dedupe',
    'RecoveryOptions.endpoint',
    'DeliveryOptions.faults',
    'ServeEmulatorOptions.hosts',
    'ApiErrorInit.hint',
  ]) {
    expect(checked).toContain(name)
  }
})

/** All optional members that a caller can pass, and those of them that do not take `undefined`. */
function readInputs(): { readonly checked: ReadonlySet<string>; readonly refused: readonly string[] } {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram(globSync(`${source}entries/*.ts`), options)
  const checker = program.getTypeChecker()
  const checked = new Set<string>()
  const refused = new Set<string>()
  const seen = { in: new Set<ts.Type>(), out: new Set<ts.Type>() }

  /** Visits what goes in one direction: `in` for what a caller passes, `out` for what a caller gets. */
  const visit = (type: ts.Type, direction: 'in' | 'out'): void => {
    if (seen[direction].has(type)) return
    seen[direction].add(type)
    if (direction === 'in' && results.includes(type.symbol?.name)) return
    if (type.isUnionOrIntersection()) for (const part of type.types) visit(part, direction)
    for (const argument of checker.getTypeArguments(type as ts.TypeReference) ?? []) visit(argument, direction)
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      if (isHidden(signature)) continue
      const inner = direction === 'in' ? 'out' : 'in'
      for (const parameter of signature.getParameters()) visit(checker.getTypeOfSymbol(parameter), inner)
      visit(signature.getReturnType(), direction)
    }
    for (const member of type.getProperties()) {
      const declaration = member.declarations?.find(({ kind }) => memberKinds.has(kind))
      if (declaration?.getSourceFile().fileName.startsWith(source) !== true || isPrivate(declaration)) continue
      if (direction === 'in') checkMember(declaration as ts.PropertySignature)
      visit(checker.getTypeOfSymbol(member), direction)
    }
  }

  const checkMember = (member: ts.PropertySignature | ts.MethodSignature): void => {
    const { fileName } = member.getSourceFile()
    if (member.questionToken === undefined || fileName.startsWith(events)) return
    const owner = ts.isInterfaceDeclaration(member.parent) ? member.parent.name.text : fileName.replace(root, '')
    if (results.includes(owner)) return
    const name = `${owner}.${member.name.getText()}`
    checked.add(name)
    const takes = member.type && ts.isPropertySignature(member) && checker.getTypeFromTypeNode(member.type)
    const parts = takes ? (takes.isUnion() ? takes.types : [takes]) : []
    const isOpen = parts.some(({ flags }) => flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Unknown | ts.TypeFlags.Any))
    if (!isOpen) refused.add(name)
  }

  for (const entry of program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${source}entries/`))) {
    const module = checker.getSymbolAtLocation(entry)
    for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
      if (symbol.flags & ts.SymbolFlags.Value) visit(checker.getTypeOfSymbol(symbol), 'out')
    }
  }
  return { checked, refused: [...refused].sort() }
}

const memberKinds: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PropertySignature,
  ts.SyntaxKind.MethodSignature,
  ts.SyntaxKind.PropertyDeclaration,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.GetAccessor,
])

function isHidden({ declaration }: ts.Signature): boolean {
  return declaration !== undefined && ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === 'hidden')
}

function isPrivate(member: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(member)
  if (name !== undefined && ts.isPrivateIdentifier(name)) return true
  return (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) > 0
}

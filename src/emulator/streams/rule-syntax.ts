import { normalizeText, tokenize } from './tokenize.ts'

/** What a post must have to match one operator of a rule. Handles, tags and languages are in lower case. */
export type RuleTerm =
  /** The tokens in this order, with no other token between them: a keyword or a phrase. */
  | { readonly kind: 'tokens'; readonly tokens: readonly string[] }
  | { readonly kind: 'hashtag' | 'mention' | 'from' | 'to' | 'lang' | 'is' | 'has'; readonly value: string }

/** An operation on the last results, as many as `count`. */
type Combination = { readonly kind: 'all'; readonly count: number } | { readonly kind: 'any'; readonly count: number }

/** One step of a rule in postfix notation: a term, or an operation on the results of the steps before. */
export type RuleStep = RuleTerm | { readonly kind: 'not' } | Combination

/** A rule in postfix notation, so that it is evaluated in one pass and without recursion. */
export type RuleProgram = readonly RuleStep[]

const lexeme = /\s+|(?<close>\))|(?<minus>-)?(?:(?<open>\()|"(?<phrase>[^"]*)"|(?<word>[^\s()"]+))/uy

const operators: Readonly<Record<string, { readonly value: RegExp; readonly expected: string }>> = {
  from: { value: /^\w{1,19}$/, expected: 'a handle without "@", or the id of a user' },
  to: { value: /^\w{1,19}$/, expected: 'a handle without "@", or the id of a user' },
  lang: { value: /^[a-z]{2,3}(?:-[a-z]{2,4})?$/, expected: 'a BCP 47 language tag' },
  is: { value: /^(?:reply|retweet|quote)$/, expected: '"reply", "retweet" or "quote" in the emulator' },
  has: {
    value: /^(?:links|media|mentions|hashtags)$/,
    expected: '"links", "media", "mentions" or "hashtags" in the emulator',
  },
}

/** A group in brackets that is being read. The outermost group is the rule itself. */
interface OpenGroup {
  readonly isNegated: boolean
  /** The alternatives before the last `OR`. */
  alternatives: number
  /** The terms since the last `OR`. */
  terms: number
}

/**
 * Parses a rule of the filtered stream, or returns the problem in one sentence. It reads a part of the language of X:
 * keywords, phrases, `#`, `@`, `from:`, `to:`, `lang:`, `is:`, `has:`, `-`, `OR` and brackets. It takes linear time, and
 * any number of brackets.
 *
 * @see https://docs.x.com/x-api/posts/filtered-stream/integrate/build-a-rule
 */
export function parseRule(value: string): RuleProgram | string {
  const steps: RuleStep[] = []
  const groups: OpenGroup[] = [{ isNegated: false, alternatives: 0, terms: 0 }]
  for (const part of readLexemes(value)) {
    const problem = typeof part === 'string' ? part : addPart(steps, groups, part)
    if (problem !== undefined) return problem
  }
  if (groups.length > 1) return 'A bracket is not closed'
  const problem = closeGroup(steps, groups)
  if (problem !== undefined) return problem
  return selectsPosts(steps)
    ? steps
    : 'The rule must have an operator that can be used alone, such as a keyword, in each part of OR'
}

type Part = { readonly [Name in 'close' | 'minus' | 'open' | 'phrase' | 'word']?: string | undefined }

/** The parts of a rule without white space. The last one is a problem when the rest cannot be read. */
function* readLexemes(value: string): Generator<Part | string> {
  const reader = new RegExp(lexeme)
  while (reader.lastIndex < value.length) {
    const match = reader.exec(value)
    if (match === null) return yield 'A double quote is not closed'
    if (match.groups !== undefined && match[0].trim() !== '') yield match.groups
  }
}

/** Adds a part to the rule. Returns the problem with it, if there is one. */
function addPart(steps: RuleStep[], groups: OpenGroup[], part: Part): string | undefined {
  const group = groups.at(-1)
  if (group === undefined) return 'A bracket is closed that is not open'
  const isNegated = part.minus !== undefined
  if (part.open !== undefined) {
    groups.push({ isNegated, alternatives: 0, terms: 0 })
    return undefined
  }
  if (part.close !== undefined)
    return groups.length > 1 ? closeGroup(steps, groups) : 'A bracket is closed that is not open'
  if (part.word === 'OR') return isNegated ? '"OR" cannot be negated' : endAlternative(steps, group)
  const term = part.word === undefined ? readPhrase(part.phrase ?? '') : readWord(part.word)
  if (typeof term === 'string') return term
  steps.push(term)
  if (isNegated) steps.push({ kind: 'not' })
  group.terms += 1
  return undefined
}

/** Ends the innermost group, which then counts as one term of the group around it. */
function closeGroup(steps: RuleStep[], groups: OpenGroup[]): string | undefined {
  const group = groups.pop()
  if (group === undefined) return undefined
  if (group.terms === 0 && group.alternatives === 0) {
    return groups.length === 0 ? 'The rule is empty' : 'There is nothing in the brackets "()"'
  }
  const problem = endAlternative(steps, group)
  if (problem !== undefined) return problem
  if (group.alternatives > 1) steps.push({ kind: 'any', count: group.alternatives })
  if (group.isNegated) steps.push({ kind: 'not' })
  const outer = groups.at(-1)
  if (outer) outer.terms += 1
  return undefined
}

function endAlternative(steps: RuleStep[], group: OpenGroup): string | undefined {
  if (group.terms === 0) return '"OR" must have an operator on both sides'
  if (group.terms > 1) steps.push({ kind: 'all', count: group.terms })
  group.alternatives += 1
  group.terms = 0
  return undefined
}

function readPhrase(phrase: string): RuleTerm | string {
  const tokens = tokenize(phrase)
  return tokens.length === 0 ? `The phrase "${phrase}" must contain a letter or a digit` : { kind: 'tokens', tokens }
}

function readWord(word: string): RuleTerm | string {
  if (/^(?:or|and)$/i.test(word)) {
    return `"${word}" must be in double quotes as a keyword. A space means "and", and "OR" must be in upper case`
  }
  const operator = /^(?<name>[a-z_]+):(?<value>.*)$/iu.exec(word)?.groups
  if (operator) return readOperator(word, operator.name ?? '', operator.value ?? '')
  if (word.startsWith('#')) return readTag('hashtag', word, /^#[\p{L}\p{N}\p{M}_]+$/u)
  if (word.startsWith('@')) return readTag('mention', word, /^@\w{1,15}$/)
  if (/^\$[a-z]/i.test(word)) return `The emulator does not support cashtags: "${word}"`
  const tokens = tokenize(word)
  const isWhole = tokens.length > 0 && tokens.join('') === normalizeText(word)
  return isWhole ? { kind: 'tokens', tokens } : `"${word}" must be in double quotes, because it has punctuation`
}

function readTag(kind: 'hashtag' | 'mention', word: string, pattern: RegExp): RuleTerm | string {
  return pattern.test(word) ? { kind, value: normalizeText(word.slice(1)) } : `"${word}" is not a valid ${kind}`
}

function readOperator(word: string, name: string, value: string): RuleTerm | string {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (operator === undefined) return `The emulator does not support the operator "${name}:" in "${word}"`
  const lower = value.toLowerCase()
  if (!operator.value.test(lower)) return `"${name}:" must have ${operator.expected}, got "${word}"`
  return { kind: name as 'from' | 'to' | 'lang' | 'is' | 'has', value: lower }
}

/** Whether a rule selects some posts. X refuses a rule that matches almost all posts, such as `-cat` or `has:links`. */
function selectsPosts(program: RuleProgram): boolean {
  return evaluateRule(program, {
    term: ({ kind }) => kind !== 'lang' && kind !== 'is' && kind !== 'has',
    not: () => false,
    and: (values) => values.includes(true),
    or: (values) => !values.includes(false),
  })
}

/** What each kind of step does with the results of the steps before. */
export interface RuleEvaluation {
  readonly term: (term: RuleTerm) => boolean
  readonly not: (value: boolean) => boolean
  readonly and: (values: readonly boolean[]) => boolean
  readonly or: (values: readonly boolean[]) => boolean
}

/** Evaluates a rule in one pass. */
export function evaluateRule(program: RuleProgram, { term, not, and, or }: RuleEvaluation): boolean {
  const results: boolean[] = []
  for (const step of program) {
    if (step.kind === 'not') results.push(not(results.pop() ?? false))
    else if (step.kind === 'all') results.push(and(results.splice(-step.count)))
    else if (step.kind === 'any') results.push(or(results.splice(-step.count)))
    else results.push(term(step))
  }
  return results[0] ?? false
}

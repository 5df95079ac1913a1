import { evaluateRule, type RuleProgram, type RuleTerm } from './rule-syntax.ts'

/** What rules look at in a post. Handles, tags and languages are in lower case. */
export interface RulePost {
  /** The words of the text. */
  readonly tokens: readonly string[]
  readonly hashtags: ReadonlySet<string>
  readonly mentions: ReadonlySet<string>
  /** The id and the handle of the author. */
  readonly from: ReadonlySet<string>
  /** The id and the handle of the user that the post replies to. */
  readonly to: ReadonlySet<string>
  readonly lang: string
  /** Some of `reply`, `retweet` and `quote`. */
  readonly is: ReadonlySet<string>
  /** Some of `links`, `media`, `mentions` and `hashtags`. */
  readonly has: ReadonlySet<string>
}

/** Whether a post matches a rule. The time is linear in the length of both. */
export function matchesRule(program: RuleProgram, post: RulePost): boolean {
  return evaluateRule(program, {
    term: (term) => matchesTerm(term, post),
    not: (value) => !value,
    and: (values) => !values.includes(false),
    or: (values) => values.includes(true),
  })
}

function matchesTerm(term: RuleTerm, post: RulePost): boolean {
  switch (term.kind) {
    case 'tokens':
      return containsSequence(post.tokens, term.tokens)
    case 'hashtag':
      return post.hashtags.has(term.value)
    case 'mention':
      return post.mentions.has(term.value)
    case 'lang':
      return post.lang === term.value
    default:
      return post[term.kind].has(term.value)
  }
}

/** Whether a list contains another one as a run, by the algorithm of Knuth, Morris and Pratt. */
function containsSequence(list: readonly string[], wanted: readonly string[]): boolean {
  const [only] = wanted
  if (wanted.length === 1 && only !== undefined) return list.includes(only)
  const borders = findBorders(wanted)
  let matched = 0
  for (const item of list) {
    while (matched > 0 && wanted[matched] !== item) matched = borders[matched - 1] ?? 0
    if (wanted[matched] === item) matched += 1
    if (matched === wanted.length) return true
  }
  return false
}

/** For each prefix of a list, the length of the longest shorter prefix that is also its end. */
function findBorders(list: readonly string[]): number[] {
  const borders = [0]
  let border = 0
  for (const item of list.slice(1)) {
    while (border > 0 && list[border] !== item) border = borders[border - 1] ?? 0
    if (list[border] === item) border += 1
    borders.push(border)
  }
  return borders
}

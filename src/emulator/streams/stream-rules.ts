import { unescapeHtml } from '../../payloads/text.ts'
import type { Platform } from '../platform.ts'
import type { State } from '../state/state.ts'
import type { AppState, PostState, StreamRuleState } from '../state/tables.ts'
import { matchesRule, type RulePost } from './match-rule.ts'
import { parseRule, type RuleProgram } from './rule-syntax.ts'
import { normalizeText, tokenize } from './tokenize.ts'

/** A rule that an app wants to add. */
export interface NewRule {
  readonly value: string
  readonly tag?: string
}

/** Why one rule was not added. */
export interface RuleRefusal {
  readonly reason: 'duplicate-rules' | 'invalid-rules' | 'noncompliant-rules' | 'rule-cap'
  readonly details: string
  /** The id of the rule that has the value already. */
  readonly existingId?: string
}

/** The rules of an app, in the order in which they were added. */
export function rulesOf({ rules }: State, app: AppState): StreamRuleState[] {
  return [...rules.values()].filter(({ appId }) => appId === app.id)
}

/** The number of rules of all apps of an account. */
export function countRulesOfAccount({ rules, apps }: State, ownerId: string): number {
  return [...rules.values()].filter(({ appId }) => apps.get(appId)?.ownerId === ownerId).length
}

/** Checks rules one by one, and adds those that are valid unless it is a dry run. Returns a rule or a refusal for each. */
export function addRules(
  platform: Platform,
  app: AppState,
  { rules, isDryRun }: { rules: readonly NewRule[]; isDryRun: boolean },
): (StreamRuleState | RuleRefusal)[] {
  const { state, limits, nextId } = platform
  const idsByValue = new Map(rulesOf(state, app).map(({ id, value }) => [value, id]))
  let count = countRulesOfAccount(state, app.ownerId)
  return rules.map(({ value, tag }) => {
    const refusal = refuseRule(platform, value, {
      existingId: idsByValue.get(value),
      isFull: count >= limits.streamRules,
    })
    if (refusal) return refusal
    const rule = { id: nextId(), appId: app.id, value, ...(tag !== undefined && { tag }) }
    if (!isDryRun) state.rules.set(rule.id, rule)
    idsByValue.set(value, rule.id)
    count += 1
    return rule
  })
}

/** The longest value of a rule, by X's documentation of its plans. */
function longestValue({ tier }: Platform): number {
  return tier === 'enterprise' ? 2048 : 1024
}

function refuseRule(
  platform: Platform,
  value: string,
  { existingId, isFull }: { existingId: string | undefined; isFull: boolean },
): RuleRefusal | undefined {
  if (existingId !== undefined) {
    return { reason: 'duplicate-rules', details: 'The app has a rule with this value already', existingId }
  }
  const longest = longestValue(platform)
  if (value.length > longest) {
    return { reason: 'invalid-rules', details: `The value must not be longer than ${longest} characters` }
  }
  const program = parseRule(value)
  if (typeof program === 'string') return { reason: 'invalid-rules', details: program }
  if (platform.faults.shouldInject('api.noncompliantRule')) {
    return { reason: 'noncompliant-rules', details: 'The rule does not comply with the policies of X' }
  }
  if (!isFull) return undefined
  const { streamRules } = platform.limits
  return { reason: 'rule-cap', details: `The account has ${streamRules} of ${streamRules} rules` }
}

/** The parsed rules. They follow from the state, so a saved state does not contain them. */
const programs = new WeakMap<StreamRuleState, RuleProgram>()

function programOf(rule: StreamRuleState): RuleProgram {
  const known = programs.get(rule)
  if (known) return known
  const parsed = parseRule(rule.value)
  const program = typeof parsed === 'string' ? [] : parsed
  programs.set(rule, program)
  return program
}

/** The rules of an app that a post matches, in the order in which they were added. */
export function matchingRules(state: State, app: AppState, post: PostState): StreamRuleState[] {
  const rules = rulesOf(state, app)
  if (rules.length === 0) return []
  const facts = rulePost(state, post)
  return rules.filter((rule) => matchesRule(programOf(rule), facts))
}

/** A repost has the text of its original, and mentions the author of it, as X's text "RT @author: …" does. */
function rulePost(state: State, post: PostState): RulePost {
  const { entities, inReplyTo, reposts, quotes } = post
  const author = state.users.get(post.userId)
  const original = state.users.get(state.posts.get(reposts ?? '')?.userId ?? '')
  const { media = [] } = state.posts.get(reposts ?? '') ?? post
  const repliedTo = state.users.get(inReplyTo?.userId ?? '')
  const handles = entities.user_mentions.map(({ screen_name }) => screen_name ?? '')
  const hashtags = lowerSet(entities.hashtags.map(({ text }) => text))
  const mentions = lowerSet(original ? [original.screenName, ...handles] : handles)
  return {
    // The links of X are not words of the author.
    tokens: tokenize(unescapeHtml(post.text.replace(/https:\/\/t\.co\/\w+/g, ' '))),
    hashtags,
    mentions,
    from: lowerSet([post.userId, author?.screenName]),
    to: lowerSet(reposts === undefined ? [repliedTo?.id, repliedTo?.screenName] : []),
    lang: post.lang.toLowerCase(),
    is: lowerSet([
      reposts !== undefined && 'retweet',
      reposts === undefined && quotes !== undefined && 'quote',
      // A post that begins with a handle has no post that it replies to.
      typeof inReplyTo?.postId === 'string' && 'reply',
    ]),
    has: lowerSet([
      entities.urls.length > 0 && 'links',
      media.length > 0 && 'media',
      mentions.size > 0 && 'mentions',
      hashtags.size > 0 && 'hashtags',
    ]),
  }
}

function lowerSet(values: readonly (string | false | undefined)[]): ReadonlySet<string> {
  return new Set(values.flatMap((value) => (value ? [normalizeText(value)] : [])))
}

/**
 * Replay dates and windows: parse and format them, check them against the rules of X, and split them.
 *
 * @module
 */
export { ReplayWindowError, type ReplayWindowIssue, type ReplayWindowIssueCode } from '../errors/replay-window-error.ts'
export { checkReplayWindow, type ReplayWindowOptions } from '../replay/check-replay-window.ts'
export { formatReplayDate } from '../replay/format-replay-date.ts'
export { parseReplayDate } from '../replay/parse-replay-date.ts'
export type { ReplayWindowInput } from '../replay/read-replay-window.ts'
export { enterpriseReplayRules, type ReplayRules, v2ReplayRules } from '../replay/replay-rules.ts'
export { type ReplayWindow, replayWindow } from '../replay/replay-window.ts'
export { type SplitReplayWindowOptions, splitReplayWindow } from '../replay/split-replay-window.ts'

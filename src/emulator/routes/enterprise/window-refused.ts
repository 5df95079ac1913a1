import { type V1Error, v1Error } from '../../api/v1-problems.ts'
import type { WindowProblem } from '../../replay/replay-window.ts'

/** Each thing that can be wrong with a window, by its code. */
export function windowRefused(problem: WindowProblem, dates: { readonly from: string; readonly to: string }): Response {
  return v1Error(400, describe(problem, problem.parameter === 'from_date' ? dates.from : dates.to))
}

function describe({ parameter, wrong }: WindowProblem, value: string): V1Error {
  switch (wrong) {
    case 'missing':
      return { code: 357, message: `${parameter}: queryParam is required.` }
    case 'malformed':
      return { code: 358, message: `Unable to parse ${parameter} parameter.` }
    case 'negative':
      return notNegative(parameter, value)
    case 'in-future':
    case 'too-recent':
      return { code: 368, message: `${parameter}: [${value}] is not in the past.` }
    case 'too-old':
      return { code: 356, message: `${parameter} must be within the past 5 days.` }
    case 'not-in-order':
      return { code: 356, message: 'from_date must be before to_date.' }
    default:
      return wrong satisfies never
  }
}

export function notNegative(parameter: string, value: string): V1Error {
  return { code: 360, message: `${parameter}: [${value}] is not greater than or equal to 0.` }
}
